package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.PinnedGeneration;
import io.github.item2vec.redis.generation.Slice;
import io.github.item2vec.redis.layout.IdNames;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Travels to the executors and makes each task's reader. */
final class RedisReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final PinnedGeneration generation;
  private final List<ReadColumn> columns;
  private final Broadcast<IdNames> users;
  private final Broadcast<IdNames> items;
  private final double usersPerSecond;

  /**
   * @param users null when users come by their UUIDs, or by the names that they were asked by
   * @param items null when items come by their UUIDs
   * @param usersPerSecond of one task; 0 for no limit
   */
  RedisReaderFactory(
      PinnedGeneration generation,
      List<ReadColumn> columns,
      Broadcast<IdNames> users,
      Broadcast<IdNames> items,
      double usersPerSecond) {
    this.generation = generation;
    this.columns = columns;
    this.users = users;
    this.items = items;
    this.usersPerSecond = usersPerSecond;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new RedisPartitionReader(
        generation,
        (Slice) partition,
        columns,
        new PublicNames("users", users),
        new PublicNames("items", items),
        new Pace(usersPerSecond));
  }
}
