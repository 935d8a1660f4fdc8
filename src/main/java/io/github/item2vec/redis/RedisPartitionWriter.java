package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.PartitionCommit;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.QuantizedScores;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.pipeline.WriteRouter;
import io.github.item2vec.redis.server.RedisException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes the rows of one task under the new generation; one connection to each master that gets
 * some, opened when it does. Users without items get no key.
 */
final class RedisPartitionWriter implements DataWriter<InternalRow> {
  private final RowColumns columns;
  private final ItemDictionary catalogue;
  private final int partition;
  private final Pace pace;
  private final WriteRouter router;
  private final WrittenLists users;
  private final WrittenLists similar;

  /**
   * @param attempt of this task, another one for each
   */
  RedisPartitionWriter(
      WriteSpec spec,
      RowColumns columns,
      ItemDictionary catalogue,
      int partition,
      long attempt,
      Pace pace) {
    this.columns = columns;
    this.catalogue = catalogue;
    this.partition = partition;
    this.pace = pace;
    this.router = new WriteRouter(spec.masters());
    this.users = new WrittenLists(spec, catalogue, partition, attempt, router);
    this.similar = new WrittenLists(spec.similar(), catalogue, partition, attempt, router);
  }

  @Override
  public void write(InternalRow row) {
    if (row.isNullAt(columns.user())) {
      throw failure("a row has no user", null);
    }
    if (row.isNullAt(columns.items())) {
      return;
    }
    ArrayData list = row.getArray(columns.items());
    if (list.numElements() == 0) {
      return;
    }
    try {
      UTF8String owner = row.getUTF8String(columns.user());
      int[] indices = catalogue.indices(list);
      float[] scores = scores(row, indices.length);
      if (ofSimilarItems(row)) {
        similar.add(catalogue.uuid(owner), indices, scores);
      } else {
        users.add(IdMapping.users().uuid(owner.getBytes()), indices, scores);
      }
      pace.await(users.count() + similar.count());
    } catch (RedisException | IllegalArgumentException e) {
      throw failure(e.getMessage(), e);
    }
  }

  @Override
  public PartitionCommit commit() {
    try {
      users.flush();
      similar.flush();
      return new PartitionCommit(users.written(), similar.written(), router.acknowledged());
    } catch (RedisException e) {
      throw failure(e.getMessage(), e);
    }
  }

  /** Nothing to undo: no reader follows this generation. */
  @Override
  public void abort() {}

  @Override
  public void close() {
    router.close();
  }

  private boolean ofSimilarItems(InternalRow row) {
    if (columns.similar() < 0) {
      return false;
    }
    if (row.isNullAt(columns.similar())) {
      throw new IllegalArgumentException(
          "a row does not say whether it is a list of similar items: column 'similar' is null");
    }
    return row.getBoolean(columns.similar());
  }

  private float[] scores(InternalRow row, int items) {
    if (columns.scores() < 0) {
      return null;
    }
    if (row.isNullAt(columns.scores())) {
      throw new IllegalArgumentException("a list has no scores");
    }
    return QuantizedScores.of(row.getArray(columns.scores()), items);
  }

  private RedisException failure(String reason, Exception cause) {
    return new RedisException("publishing failed in partition " + partition + ": " + reason, cause);
  }
}
