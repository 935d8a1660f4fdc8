package io.github.item2vec.redis.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What each master said about itself at one moment. Acknowledged writes are gone when a server
 * restarted, gave way to a replica or evicted keys, and no reply ever says so: two snapshots do.
 * Driver only.
 */
public final class ServersSnapshot {
  private final Map<Masters.Master, ServerFacts> facts = new LinkedHashMap<>();

  private ServersSnapshot() {}

  /** One round trip to each master. */
  public static ServersSnapshot of(RedisServers servers) {
    ServersSnapshot snapshot = new ServersSnapshot();
    for (Masters.Master master : servers.masters().all()) {
      snapshot.facts.put(master, servers.on(master, ServerFacts::of));
    }
    return snapshot;
  }

  /** The memory of all of them. */
  public long usedMemory() {
    return facts.values().stream().mapToLong(ServerFacts::usedMemory).sum();
  }

  /** The servers' clock, of a cluster the one that is ahead. */
  public long timeMillis() {
    return facts.values().stream().mapToLong(ServerFacts::timeMillis).max().orElseThrow();
  }

  /**
   * Checks that each of these servers has kept what it acknowledged until the later moment.
   *
   * @throws RedisException naming the server and the cause
   */
  public void requireKept(ServersSnapshot later) {
    facts.forEach((master, before) -> requireKept(master, before, later.of(master)));
  }

  private ServerFacts of(Masters.Master wanted) {
    return facts.entrySet().stream()
        .filter(entry -> entry.getKey().id().equals(wanted.id()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new RedisException(
                    wanted.target()
                        + " is no master any more, and what it took last may be lost: run again"));
  }

  private static void requireKept(Masters.Master master, ServerFacts before, ServerFacts after) {
    RedisTarget server = master.target();
    if (!after.runId().equals(before.runId())) {
      throw new RedisException(server + " was restarted while publishing: run again");
    }
    if (!after.master()) {
      throw new RedisException(server + " became a replica: publish to the new master");
    }
    long evicted = difference(before, after, ServerFacts::evictedKeys);
    if (evicted != 0) {
      throw new RedisException(
          "%s evicted %d keys while publishing: set maxmemory-policy noeviction and run again"
              .formatted(server, evicted));
    }
    if (difference(before, after, ServerFacts::refusedWrites) != 0) {
      throw new RedisException(
          server
              + " refused writes while publishing (out of memory or disk): make room, run again");
    }
  }

  private static long difference(
      ServerFacts before, ServerFacts after, ToLongFunction<ServerFacts> field) {
    return field.applyAsLong(after) - field.applyAsLong(before);
  }
}
