package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.ListDigest;
import io.github.item2vec.redis.generation.PartitionCommit;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.ListEncoder;
import io.github.item2vec.redis.layout.QuantizedScores;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.RedisException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.write.DataWriter;

/**
 * Writes the rows of one task under the new generation; one connection to each master that gets
 * some, opened when it does. Users without items get no key. A seeded reservoir of its lists is
 * kept for the read-back.
 */
final class RedisPartitionWriter implements DataWriter<InternalRow> {
  private static final int SAMPLES = 8;

  private final WriteSpec spec;
  private final RowColumns columns;
  private final ItemDictionary catalogue;
  private final int partition;
  private final long attempt;
  private final Pace pace;
  private final SplittableRandom random;
  private final ListEncoder encoder;
  private final ListDigest lists = new ListDigest();
  private final List<PartitionCommit.Sample> samples = new ArrayList<>();
  private IndexedWrites writes;
  private long items;

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
    this.spec = spec;
    this.columns = columns;
    this.catalogue = catalogue;
    this.partition = partition;
    this.attempt = attempt;
    this.pace = pace;
    this.encoder = ListEncoder.of(spec, catalogue);
    this.random = new SplittableRandom(partition);
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
      UUID user = IdMapping.users().uuid(row.getUTF8String(columns.user()).getBytes());
      int[] indices = catalogue.indices(list);
      float[] scores = scores(row, indices.length);
      encoder.add(user, indices, scores, this::add);
      lists.add(user);
      items += indices.length;
      sample(user, indices, scores);
      pace.await(lists.count());
    } catch (RedisException | IllegalArgumentException e) {
      throw failure(e.getMessage(), e);
    }
  }

  @Override
  public PartitionCommit commit() {
    try {
      encoder.finish(this::add);
      if (writes != null) {
        writes.flush();
      }
      return new PartitionCommit(lists, items, writes == null ? 0 : writes.acknowledged(), samples);
    } catch (RedisException e) {
      throw failure(e.getMessage(), e);
    }
  }

  /** Nothing to undo: no reader follows this generation. */
  @Override
  public void abort() {}

  @Override
  public void close() {
    if (writes != null) {
      writes.close();
    }
  }

  private void add(KeyWrite write) {
    if (writes == null) {
      writes = new IndexedWrites(spec, partition, attempt);
    }
    writes.add(write);
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

  private void sample(UUID user, int[] indices, float[] scores) {
    long users = lists.count();
    long place = users <= SAMPLES ? users - 1 : random.nextLong(users);
    if (place >= SAMPLES) {
      return;
    }
    List<UUID> list = new ArrayList<>(indices.length);
    for (int index : indices) {
      list.add(catalogue.uuid(index));
    }
    PartitionCommit.Sample sample =
        new PartitionCommit.Sample(
            user, list, scores == null ? List.of() : QuantizedScores.read(scores));
    if (users <= SAMPLES) {
      samples.add(sample);
    } else {
      samples.set((int) place, sample);
    }
  }

  private RedisException failure(String reason, Exception cause) {
    return new RedisException("publishing failed in partition " + partition + ": " + reason, cause);
  }
}
