package io.github.item2vec.evaluate;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * How often a user stands in each bootstrap sample: a draw from the Poisson distribution of mean 1
 * for each, seeded by the user's id. So a sample needs no list of users, is the same on any number
 * of partitions, and is the same for two models, which makes their difference a paired one.
 * Chamandy et al., "Estimating Uncertainty for Massive Data Streams", Google 2012.
 */
final class PoissonWeights {
  /** P(at most n) scaled to 2^32; twelve or more is as good as never. */
  private static final long[] CUMULATIVE = cumulative();

  private final long seed;

  PoissonWeights(long seed) {
    this.seed = seed;
  }

  private static long[] cumulative() {
    long[] scaled = new long[12];
    double term = StrictMath.exp(-1);
    double sum = 0;
    for (int n = 0; n < scaled.length; n++) {
      sum += term;
      term /= n + 1;
      scaled[n] = (long) (sum * 0x1p32);
    }
    return scaled;
  }

  /** Fills in the user's weight in each sample. */
  void draw(String user, int[] weights) {
    byte[] id = user.getBytes(StandardCharsets.UTF_8);
    long high = Murmur3_x86_32.hashUnsafeBytes2(id, Platform.BYTE_ARRAY_OFFSET, id.length, 42);
    CRC32C crc = new CRC32C();
    crc.update(id);
    SplittableRandom random = new SplittableRandom(seed ^ (high << 32 | crc.getValue()));
    for (int sample = 0; sample < weights.length; sample++) {
      long draw = random.nextInt() & 0xffffffffL;
      int weight = 0;
      while (weight < CUMULATIVE.length && draw >= CUMULATIVE[weight]) {
        weight++;
      }
      weights[sample] = weight;
    }
  }
}
