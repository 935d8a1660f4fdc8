package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.pipeline.ListWrite;
import io.github.item2vec.redis.pipeline.WriteRouter;
import io.github.item2vec.redis.server.CommandBuffer;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.ServerFacts;
import io.github.item2vec.redis.server.ServersSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import redis.clients.jedis.Protocol.Command;

/**
 * The check before any work: can lists be written to this server, and will they stay? Driver only;
 * one connection, a handful of round trips, at most about ten seconds when nobody answers.
 */
public final class RedisServerCheck {
  private static final int CONNECT_MILLIS = 4_000;
  private static final double SPARE = 1.1;
  private static final long PROBE_LIFE_MILLIS = 10_000;

  private RedisServerCheck() {}

  /**
   * As {@link #require(RedisTarget, String)} without a prefix.
   *
   * @throws RedisException with one line that says what to fix
   */
  public static void require(RedisTarget target) {
    require(target, "");
  }

  /**
   * Logs in, looks at role, loading and eviction policy, and replaces one list under the prefix (a
   * random key that is deleted at once and expires in ten seconds anyhow) with the publisher's own
   * commands, which shows a missing right, a read-only server and a full one. All that at each
   * master, when the server is a node of a cluster, which must have a master for each slot.
   *
   * @throws RedisException with one line that says what to fix
   */
  public static void require(RedisTarget target, String prefix) {
    int millis = Math.min(target.timeoutMillis(), CONNECT_MILLIS);
    try (RedisSession session = RedisSession.open(target.withTimeout(millis))) {
      require(ServerFacts.of(session), target);
    }
    try (RedisServers servers = RedisServers.open(target.withTimeout(millis))) {
      if (servers.masters().cluster()) {
        requireCluster(servers, target, prefix);
      }
      for (Masters.Master master : servers.masters().all()) {
        require(servers.on(master, ServerFacts::of), master.target());
      }
      probe(servers, prefix, ServersSnapshot.of(servers).timeMillis() + PROBE_LIFE_MILLIS);
    }
  }

  /**
   * Looks whether a generation fits beside what the server holds now, with a tenth to spare, in a
   * cluster at each master by its share of the slots; a server without a limit of its own is taken
   * to have its machine's memory.
   *
   * @param bytes a {@link MemoryForecast}
   * @throws RedisException with what is needed and what there is
   */
  public static void requireRoom(RedisTarget target, long bytes) {
    try (RedisServers servers = RedisServers.open(target)) {
      for (Masters.Master master : servers.masters().all()) {
        ServerFacts facts = servers.on(master, ServerFacts::of);
        long limit = facts.maxMemory() > 0 ? facts.maxMemory() : facts.systemMemory();
        long needed = Math.round(SPARE * bytes * master.share());
        if (limit > 0 && facts.usedMemory() + needed > limit) {
          throw new RedisException(
              ("%s has no room: the new lists take about %,d bytes beside the %,d in use, the limit"
                      + " is %,d: raise maxmemory, take a smaller layout (publish --dry-run), or"
                      + " prune")
                  .formatted(master.target(), needed, facts.usedMemory(), limit));
        }
      }
    }
  }

  static void require(ServerFacts facts, RedisTarget target) {
    if (facts.loading()) {
      throw new RedisException(target + " is loading its data: try again when it is done");
    }
    if (!facts.master()) {
      throw new RedisException(
          facts.clusterNode()
              ? target
                  + " is taken for a master by a node of its cluster, and is a replica: wait until"
                  + " all nodes agree, then run again"
              : target + " is a replica: give the address of the master");
    }
    if (facts.maxMemory() > 0 && !facts.evictionPolicy().equals("noeviction")) {
      throw new RedisException(
          target
              + " drops keys without an error when it is full (maxmemory-policy is "
              + facts.evictionPolicy()
              + "): CONFIG SET maxmemory-policy noeviction");
    }
  }

  private static void requireCluster(RedisServers servers, RedisTarget target, String prefix) {
    if (prefix.contains("{") || prefix.contains("}")) {
      throw new RedisException(
          "the prefix '%s' would put all keys of the cluster into one slot: take one without braces"
              .formatted(prefix));
    }
    if (!servers.masters().complete()) {
      throw new RedisException(
          "the cluster of " + target + " has slots without a master: mend it, then run again");
    }
    for (Masters.Master master : servers.masters().all()) {
      byte[] id =
          (byte[])
              servers.on(
                  master,
                  session ->
                      session.call(Command.CLUSTER, "MYID".getBytes(StandardCharsets.US_ASCII)));
      if (!new String(id, StandardCharsets.US_ASCII).equals(master.id())) {
        throw Masters.foreign(master.target());
      }
    }
  }

  /** One key for each master that has slots; those of the keys are drawn until each had one. */
  private static void probe(RedisServers servers, String prefix, long deadlineMillis) {
    Set<Masters.Master> open = new HashSet<>(servers.masters().all());
    open.removeIf(master -> master.slots() == 0);
    List<byte[]> keys = new ArrayList<>();
    try (WriteRouter writes = new WriteRouter(servers.masters())) {
      while (!open.isEmpty()) {
        UUID probe = UUID.randomUUID();
        byte[] key = new GenerationKeys(prefix).user("probe", UuidForm.TEXT, probe);
        if (open.remove(servers.masters().holding(key))) {
          byte[][] members = {CommandBuffer.frame(UuidForm.TEXT.bytes(probe))};
          writes.add(new ListWrite(key, members, deadlineMillis));
          keys.add(key);
        }
      }
      writes.flush();
      keys.forEach(key -> servers.call(Command.DEL, key));
    } catch (RedisException e) {
      throw new RedisException("the trial write failed: " + e.getMessage(), e);
    }
  }
}
