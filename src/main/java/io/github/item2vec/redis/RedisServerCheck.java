package io.github.item2vec.redis;

import java.util.List;
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
   * Logs in, looks at role, cluster mode, loading and eviction policy, and replaces one list under
   * the prefix (a random key that is deleted at once and expires in ten seconds anyhow) with the
   * publisher's own commands, which shows a missing right, a read-only server and a full one.
   *
   * @throws RedisException with one line that says what to fix
   */
  public static void require(RedisTarget target, String prefix) {
    int millis = Math.min(target.timeoutMillis(), CONNECT_MILLIS);
    try (RedisSession session = RedisSession.open(target.withTimeout(millis))) {
      ServerFacts facts = ServerFacts.of(session);
      require(facts, target);
      probe(session, prefix, facts.timeMillis() + PROBE_LIFE_MILLIS);
    }
  }

  /**
   * Looks whether a generation fits beside what the server holds now, with a tenth to spare; a
   * server without a limit of its own is taken to have its machine's memory.
   *
   * @param bytes a {@link MemoryForecast}
   * @throws RedisException with what is needed and what there is
   */
  public static void requireRoom(RedisTarget target, long bytes) {
    try (RedisSession session = RedisSession.open(target)) {
      ServerFacts facts = ServerFacts.of(session);
      long limit = facts.maxMemory() > 0 ? facts.maxMemory() : facts.systemMemory();
      long needed = Math.round(SPARE * bytes);
      if (limit > 0 && facts.usedMemory() + needed > limit) {
        throw new RedisException(
            ("%s has no room: the new lists take about %,d bytes beside the %,d in use, the limit is"
                    + " %,d: raise maxmemory, take a smaller layout (publish --dry-run), or prune")
                .formatted(target, needed, facts.usedMemory(), limit));
      }
    }
  }

  static void require(ServerFacts facts, RedisTarget target) {
    if (facts.loading()) {
      throw new RedisException(target + " is loading its data: try again when it is done");
    }
    if (!facts.master()) {
      throw new RedisException(target + " is a replica: give the address of the master");
    }
    if (facts.clusterNode()) {
      throw new RedisException(target + " is a node of a cluster: give a standalone server");
    }
    if (facts.maxMemory() > 0 && !facts.evictionPolicy().equals("noeviction")) {
      throw new RedisException(
          target
              + " drops keys without an error when it is full (maxmemory-policy is "
              + facts.evictionPolicy()
              + "): CONFIG SET maxmemory-policy noeviction");
    }
  }

  private static void probe(RedisSession session, String prefix, long deadlineMillis) {
    UUID probe = UUID.randomUUID();
    byte[] key = new GenerationKeys(prefix).user("probe", UuidForm.TEXT, probe);
    try (WriteBatch batch = new WriteBatch(session.target(), ServerFacts.of(session).runId())) {
      batch.add(new ListWrite(key, List.of(UuidForm.TEXT.bytes(probe)), deadlineMillis));
      batch.flush();
      session.call(Command.DEL, key);
    } catch (RedisException e) {
      throw new RedisException("the trial write failed: " + e.getMessage(), e);
    }
  }
}
