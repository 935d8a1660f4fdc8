package io.github.item2vec.redis;

import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.WriteSpec;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;

/** Travels to the executors and makes each task's writer. */
final class RedisWriterFactory implements DataWriterFactory {
  private static final long serialVersionUID = 1L;

  private final WriteSpec spec;
  private final RowColumns columns;
  private final Broadcast<ItemDictionary> catalogue;
  private final double usersPerSecond;

  /**
   * @param catalogue null when each task derives the items' UUIDs
   * @param usersPerSecond of one task; 0 for no limit
   */
  RedisWriterFactory(
      WriteSpec spec,
      RowColumns columns,
      Broadcast<ItemDictionary> catalogue,
      double usersPerSecond) {
    this.spec = spec;
    this.columns = columns;
    this.catalogue = catalogue;
    this.usersPerSecond = usersPerSecond;
  }

  @Override
  public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
    ItemDictionary items =
        Optional.ofNullable(catalogue).map(Broadcast::value).orElseGet(ItemDictionary::growing);
    return new RedisPartitionWriter(
        spec, columns, items, partitionId, taskId, new Pace(usersPerSecond));
  }
}
