package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import java.util.List;
import java.util.stream.LongStream;

/** The keys of a bucketed generation, which are numbers. */
final class BucketNames {
  private BucketNames() {}

  /** A lot of them from that number on. */
  static List<byte[]> of(GenerationKeys keys, String id, long from, long buckets) {
    return LongStream.range(from, Math.min(from + ManyKeys.LOT, buckets))
        .mapToObj(bucket -> keys.bucket(id, Math.toIntExact(bucket)))
        .toList();
  }
}
