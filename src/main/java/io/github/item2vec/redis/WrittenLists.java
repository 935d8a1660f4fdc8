package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.ListDigest;
import io.github.item2vec.redis.generation.PartitionCommit;
import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.ListEncoder;
import io.github.item2vec.redis.layout.QuantizedScores;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.pipeline.WriteRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The lists of one kind, users' or items', that a task writes: encoded, sent on by the task's
 * router, counted. A seeded reservoir of them is kept for the read-back.
 */
final class WrittenLists {
  private static final int SAMPLES = 8;

  private final WriteSpec spec;
  private final ItemDictionary catalogue;
  private final int partition;
  private final long attempt;
  private final WriteRouter router;
  private final SplittableRandom random;
  private final ListEncoder encoder;
  private final ListDigest digest = new ListDigest();
  private final List<PartitionCommit.Sample> samples = new ArrayList<>();
  private IndexedWrites writes;
  private long items;

  WrittenLists(
      WriteSpec spec, ItemDictionary catalogue, int partition, long attempt, WriteRouter router) {
    this.spec = spec;
    this.catalogue = catalogue;
    this.partition = partition;
    this.attempt = attempt;
    this.router = router;
    this.encoder = ListEncoder.of(spec, catalogue);
    this.random = new SplittableRandom(partition);
  }

  /**
   * Adds a list.
   *
   * @param owner the user or the item
   * @param indices places in the catalogue, best first
   * @param scores of the items; null when they are not written
   */
  void add(UUID owner, int[] indices, float[] scores) {
    if (writes == null) {
      writes = new IndexedWrites(spec, partition, attempt, router);
    }
    encoder.add(owner, indices, scores, writes::add);
    digest.add(owner);
    items += indices.length;
    sample(owner, indices, scores);
  }

  /** Sends what waits and reads every reply. */
  void flush() {
    if (writes != null) {
      encoder.finish(writes::add);
      writes.flush();
    }
  }

  long count() {
    return digest.count();
  }

  PartitionCommit.Lists written() {
    return new PartitionCommit.Lists(digest, items, samples);
  }

  private void sample(UUID owner, int[] indices, float[] scores) {
    long lists = digest.count();
    long place = lists <= SAMPLES ? lists - 1 : random.nextLong(lists);
    if (place >= SAMPLES) {
      return;
    }
    List<UUID> list = new ArrayList<>(indices.length);
    for (int index : indices) {
      list.add(catalogue.uuid(index));
    }
    PartitionCommit.Sample sample =
        new PartitionCommit.Sample(
            owner, list, scores == null ? List.of() : QuantizedScores.read(scores));
    if (lists <= SAMPLES) {
      samples.add(sample);
    } else {
      samples.set((int) place, sample);
    }
  }
}
