package io.github.item2vec.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple3;

/**
 * Publishes one list a user to a standalone Redis server, from the executors. Immutable; used on
 * the driver.
 *
 * @param target the server
 * @param layout how keys and members are written
 * @param prefix put before every user's key, as UTF-8; may be empty
 * @param ttlSeconds life of the lists, counted from the start of the publish; 0 for no end
 */
public record ListPublisher(RedisTarget target, ValueLayout layout, String prefix, long ttlSeconds)
    implements java.io.Serializable {
  /** Column with the user's UUID as text; one row a user. */
  public static final String USER_UUID = "userUuid";

  /** Column with the item ids, an array of strings, best first. */
  public static final String ITEMS = "items";

  /** Checks the time to live. */
  public ListPublisher {
    if (ttlSeconds < 0) {
      throw new IllegalArgumentException("the time to live is 0 or more, not " + ttlSeconds);
    }
  }

  /**
   * Replaces the list of every user in {@code lists}; a user without items loses the key, so no
   * list of an earlier run stays behind. Users who are not in {@code lists} are not touched. One
   * Spark action, no shuffle; a connection for each partition that has rows; the item mapping is
   * broadcast. A retried or repeated write ends in the same state. When this fails, each user has
   * the old list or the new one, never a mixture, and running it again replaces all of them.
   *
   * @param lists the columns {@link #USER_UUID} and {@link #ITEMS}; others are ignored
   * @param itemIds the UUID of every item id
   * @throws RedisException when the server refuses, is lost, was restarted or dropped keys
   */
  public PublishReport publish(Dataset<Row> lists, Map<String, UUID> itemIds) {
    RedisServerCheck.require(target, prefix);
    ServerFacts before = facts();
    long deadline =
        ttlSeconds == 0 ? 0 : before.timeMillis() + Math.multiplyExact(ttlSeconds, 1000L);
    Map<String, byte[]> members = new HashMap<>(itemIds.size() * 2);
    itemIds.forEach((item, uuid) -> members.put(item, layout.member(uuid)));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(lists.sparkSession().sparkContext());
    Broadcast<Map<String, byte[]>> broadcast = spark.broadcast(members);
    try {
      List<Tuple3<Long, Long, Long>> counts =
          lists
              .select(USER_UUID, ITEMS)
              .mapPartitions(
                  new PublishPartitionFn(this, deadline, broadcast),
                  Encoders.tuple(Encoders.LONG(), Encoders.LONG(), Encoders.LONG()))
              .collectAsList();
      ServerFacts after = facts();
      requireKept(before, after, deadline);
      return new PublishReport(
          counts.stream().mapToLong(Tuple3::_1).sum(),
          counts.stream().mapToLong(Tuple3::_2).sum(),
          counts.stream().mapToLong(Tuple3::_3).sum(),
          before.usedMemory(),
          after.usedMemory());
    } catch (Exception e) {
      throw taskFailure(e);
    } finally {
      broadcast.destroy();
    }
  }

  private ServerFacts facts() {
    try (RedisSession session = RedisSession.open(target)) {
      return ServerFacts.of(session);
    }
  }

  /** Acknowledged writes are gone when the server restarted or evicted: no reply ever says so. */
  private void requireKept(ServerFacts before, ServerFacts after, long deadlineMillis) {
    String again = ", so lists that it acknowledged may be gone: ";
    if (!after.runId().equals(before.runId())) {
      throw new RedisException(target + " was restarted while publishing" + again + "run again");
    }
    if (!after.master()) {
      throw new RedisException(
          target + " became a replica while publishing" + again + "publish to the new master");
    }
    if (after.evictedKeys() != before.evictedKeys()) {
      throw new RedisException(
          target
              + (" evicted " + (after.evictedKeys() - before.evictedKeys()) + " keys while")
              + (" publishing" + again + "set maxmemory-policy noeviction"));
    }
    if (deadlineMillis > 0 && after.timeMillis() >= deadlineMillis) {
      throw new RedisException(
          "publishing took longer than the lists live (" + ttlSeconds + " s): raise the ttl");
    }
  }

  /** The task's own exception instead of Spark's report around it. */
  private static RuntimeException taskFailure(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisException redis) {
        return redis;
      }
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("publishing failed: " + failure.getMessage(), failure);
  }
}
