package io.github.item2vec.redis.server;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;

/** What INFO says about a server at one moment; driver only, one round trip. */
public final class ServerFacts {
  private static final Pattern FIELD = Pattern.compile("(?m)^([A-Za-z_0-9]+):([^\r\n]*)");

  private final Map<String, String> fields;

  private ServerFacts(Map<String, String> fields) {
    this.fields = fields;
  }

  public static ServerFacts of(RedisSession session) {
    return of(Utf8.text(session.call(Command.INFO)));
  }

  /** With a connection of its own. */
  public static ServerFacts of(RedisTarget target) {
    try (RedisSession session = RedisSession.open(target)) {
      return of(session);
    }
  }

  public static ServerFacts of(String info) {
    Map<String, String> fields = new HashMap<>();
    for (Matcher field = FIELD.matcher(info); field.find(); ) {
      fields.put(field.group(1), field.group(2));
    }
    return new ServerFacts(fields);
  }

  /** Changes when the server process starts anew; empty when the server does not tell. */
  public String runId() {
    return fields.getOrDefault("run_id", "");
  }

  public boolean master() {
    return fields.getOrDefault("role", "master").equals("master");
  }

  public boolean loading() {
    return number("loading", 0) != 0;
  }

  public boolean clusterNode() {
    return number("cluster_enabled", 0) != 0;
  }

  public long usedMemory() {
    return number("used_memory", 0);
  }

  long evictedKeys() {
    return number("evicted_keys", 0);
  }

  /** Writes refused since the server started because memory or disk gave out, of any client. */
  long refusedWrites() {
    return errors("errorstat_OOM") + errors("errorstat_MISCONF");
  }

  private long errors(String field) {
    String count = fields.getOrDefault(field, "").replace("count=", "");
    return count.matches("\\d{1,18}") ? Long.parseLong(count) : 0;
  }

  public long maxMemory() {
    return number("maxmemory", 0);
  }

  /** Memory of the server's machine; 0 when it does not tell. */
  public long systemMemory() {
    return number("total_system_memory", 0);
  }

  public String evictionPolicy() {
    return fields.getOrDefault("maxmemory_policy", "noeviction");
  }

  /** The server's clock, because a deadline is compared with that one; else this machine's. */
  long timeMillis() {
    long micros = number("server_time_usec", 0);
    return micros == 0 ? System.currentTimeMillis() : micros / 1000;
  }

  private long number(String field, long absent) {
    String value = fields.getOrDefault(field, "");
    return value.matches("-?\\d{1,18}") ? Long.parseLong(value) : absent;
  }
}
