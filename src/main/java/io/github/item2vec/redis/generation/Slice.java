package io.github.item2vec.redis.generation;

import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.connector.read.InputPartition;

/** What one task reads of a generation; made on the driver by {@link GenerationSlices}. */
public sealed interface Slice extends InputPartition {
  /**
   * Some chunks of the index.
   *
   * @param chunks in any order; no user stands in two of all slices' chunks, besides what is left
   *     out
   */
  record Chunks(List<Chunk> chunks) implements Slice {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A field of the index.
   *
   * @param shard number of its HASH
   * @param field name
   * @param users in it
   * @param leftOut places of users that another chunk has too, or that have no list
   */
  record Chunk(int shard, String field, int users, BitSet leftOut) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Users that are read. */
    int lists() {
      return users - leftOut.cardinality();
    }
  }

  /**
   * Buckets from a number on.
   *
   * @param from the first
   * @param to after the last
   * @param lists in all of them
   */
  record Buckets(int from, int to, long lists) implements Slice {
    private static final long serialVersionUID = 1L;
  }

  /** Some users, each once; those without a list are not found, which is no fault. */
  record Users(List<User> users) implements Slice {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A user that is asked for.
   *
   * @param id in Redis
   * @param name that the row gets
   */
  record User(UUID id, String name) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
