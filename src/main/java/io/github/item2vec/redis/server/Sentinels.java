package io.github.item2vec.redis.server;

import io.github.item2vec.text.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;

/**
 * The servers that watch a master and name the one that is it now. A URL as Lettuce 6 reads it:
 * {@code redis-sentinel://[user[:password]@]host[:port][,host[:port]...][/db]#name}, {@code
 * rediss-sentinel} for TLS to sentinels and master; the login is the master's, sentinels are asked
 * without one. Driver only.
 */
public record Sentinels(RedisTarget master, List<RedisTarget> watchers, String name) {
  private static final int DEFAULT_PORT = 26379;
  private static final Pattern REST = Pattern.compile("([^/#]+)(/\\d*)?#(\\S+)");

  /** Empty when the text is no sentinels' URL. */
  public static Optional<Sentinels> parse(String text) {
    Address parts = Address.of(text);
    if (!text.strip().matches("(?is)rediss?-sentinel:.*")) {
      return Optional.empty();
    }
    Matcher rest = REST.matcher(parts.rest());
    if (!parts.scheme().endsWith("-sentinel") || !rest.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no address of sentinels: expected redis-sentinel://[user[:password]@]HOST[:PORT][,HOST[:PORT]...][/DB]#NAME"
              .formatted(parts.masked()));
    }
    String scheme = parts.scheme().replace("-sentinel", "") + "://";
    String login = parts.login() == null ? "" : parts.login() + "@";
    String db = rest.group(2) == null ? "" : rest.group(2);
    List<RedisTarget> watchers = new ArrayList<>();
    for (String address : rest.group(1).split(",", -1)) {
      boolean port = address.matches(".*[^:]:\\d+|.*]:\\d+");
      watchers.add(RedisTarget.parse(scheme + address + (port ? "" : ":" + DEFAULT_PORT)));
    }
    RedisTarget master = RedisTarget.parse(scheme + login + "sentinel" + db);
    return Optional.of(new Sentinels(master, List.copyOf(watchers), rest.group(3)));
  }

  /** The same, whose sentinels and master are reached with these keys and this timeout. */
  Sentinels like(RedisTarget settings) {
    List<RedisTarget> alike =
        watchers.stream()
            .map(w -> w.withTlsKeys(settings.tlsKeys()).withTimeout(settings.timeoutMillis()))
            .toList();
    return new Sentinels(settings, alike, name);
  }

  /**
   * The master by the first sentinel that answers, its login and settings those of {@code master}.
   *
   * @throws RedisException when none of them knows it, with what each said
   */
  RedisTarget resolve() {
    List<String> answers = new ArrayList<>();
    for (RedisTarget watcher : watchers) {
      try (RedisSession session = RedisSession.open(watcher)) {
        Object reply =
            session.call(Command.SENTINEL, Utf8.bytes("GET-MASTER-ADDR-BY-NAME"), Utf8.bytes(name));
        if (reply instanceof List<?> address) {
          return master.withAddress(
              Utf8.text(address.get(0)), Integer.parseInt(Utf8.text(address.get(1))));
        }
        answers.add(watcher + " watches no '" + name + "'");
      } catch (RedisException e) {
        answers.add(e.getMessage());
      }
    }
    throw new RedisException(
        "no sentinel names the master '%s': %s".formatted(name, String.join("; ", answers)));
  }
}
