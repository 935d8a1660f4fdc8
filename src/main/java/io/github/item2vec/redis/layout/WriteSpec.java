package io.github.item2vec.redis.layout;

import io.github.item2vec.redis.pipeline.FenceCheck;
import io.github.item2vec.redis.server.Masters;
import java.io.Serializable;
import java.util.UUID;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What a task has to know to write its part of a generation.
 *
 * @param masters the servers as they were when the publish began
 * @param keys names under the prefix
 * @param layout how lists are stored
 * @param generation id
 * @param fence what the fence holds while this run may write
 * @param itemBits bits of an item in a packed value
 * @param buckets HASHes that the lists are dealt out to; 0 when the layout has none
 * @param similarBuckets the same of the lists of similar items
 * @param compactBytes longest value that the server keeps in a compact HASH
 * @param deadlineMillis when the first keys expire, by the server's clock; 0 for never
 * @param jitterMillis the last keys expire that much later
 */
public record WriteSpec(
    Masters masters,
    GenerationKeys keys,
    ValueLayout layout,
    String generation,
    String fence,
    int itemBits,
    int buckets,
    int similarBuckets,
    int compactBytes,
    long deadlineMillis,
    long jitterMillis)
    implements Serializable {

  /** How the lists of similar items are written: under names of their own. */
  public WriteSpec similar() {
    return new WriteSpec(
        masters,
        keys,
        layout,
        GenerationKeys.similar(generation),
        fence,
        itemBits,
        similarBuckets,
        similarBuckets,
        compactBytes,
        deadlineMillis,
        jitterMillis);
  }

  /** The look at the fence. */
  public FenceCheck fenceCheck() {
    return new FenceCheck(keys.fence(), fence);
  }

  /** What all lists need expires after the last of them; 0 for never. */
  public long lastDeadlineMillis() {
    return deadlineMillis == 0 ? 0 : deadlineMillis + jitterMillis + 1;
  }

  public byte[] bucketKey(int bucket) {
    return keys.bucket(generation, bucket);
  }

  /**
   * The bucket of a user: MurmurHash3 (x86, 32 bits, seed 42) of the UUID's text, modulo the number
   * of buckets. It is also what Spark deals rows out by, so a task has the whole bucket when the
   * number of tasks divides the number of buckets and users are given as UUIDs.
   */
  public int bucket(UUID user) {
    return bucket(user, buckets);
  }

  /** The same of that many buckets. */
  public static int bucket(UUID user, int buckets) {
    return Math.floorMod(UTF8String.fromBytes(UuidForm.TEXT.bytes(user)).hashCode(), buckets);
  }

  /** A key's own deadline, the same in every attempt. */
  long deadline(int hash) {
    return deadlineMillis == 0 ? 0 : deadlineMillis + Math.floorMod(hash, jitterMillis + 1);
  }
}
