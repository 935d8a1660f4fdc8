package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One stochastic gradient step of negative sampling (Mikolov et al. 2013, "Distributed
 * Representations", equation 4), with gensim 4.4.0's rules: a negative equal to the target is
 * skipped and not drawn again, and a product beyond +-6 leaves the pair as it is. Each row is an
 * array of its own: C2 turns a loop over two whole arrays into vector instructions, one over two
 * offsets of a big array it does not.
 */
final class NegativeSamplingKernel {
  private static final float LARGEST_PRODUCT = 6;

  private final float[][] input;
  private final float[][] output;
  private final int negative;
  private final NegativeSampler sampler;
  private final float[] error;
  private final float[] mean;

  NegativeSamplingKernel(float[][] input, float[][] output, int negative, NegativeSampler sampler) {
    this.input = input;
    this.output = output;
    this.negative = negative;
    this.sampler = sampler;
    this.error = new float[input[0].length];
    this.mean = new float[input[0].length];
  }

  /** The context item's vector predicts the target. */
  void skipGram(int context, int target, float stepSize, SplittableRandom random) {
    step(input[context], target, stepSize, random);
    add(1, error, input[context]);
  }

  /** The mean of the context items {@code sequence[from..to)} but {@code target} predicts it. */
  void cbow(int[] sequence, int from, int to, int target, float stepSize, SplittableRandom random) {
    Arrays.fill(mean, 0);
    for (int i = from; i < to; i++) {
      if (i != target) {
        add(1, input[sequence[i]], mean);
      }
    }
    float share = 1f / (to - from - 1);
    for (int d = 0; d < mean.length; d++) {
      mean[d] *= share;
    }
    step(mean, sequence[target], stepSize, random);
    for (int i = from; i < to; i++) {
      if (i != target) {
        add(1, error, input[sequence[i]]);
      }
    }
  }

  /** Moves the target's and the negatives' output vectors and leaves the input's part in error. */
  private void step(float[] hidden, int target, float stepSize, SplittableRandom random) {
    Arrays.fill(error, 0);
    pull(hidden, output[target], 1, stepSize);
    for (int i = 0; i < negative; i++) {
      int item = sampler.draw(random);
      if (item != target) {
        pull(hidden, output[item], 0, stepSize);
      }
    }
  }

  private void pull(float[] hidden, float[] row, int label, float stepSize) {
    float product = dot(hidden, row);
    if (product > -LARGEST_PRODUCT && product < LARGEST_PRODUCT) {
      float gradient = (label - sigmoid(product)) * stepSize;
      add(gradient, row, error);
      add(gradient, hidden, row);
    } else if (Float.isNaN(product)) {
      error[0] = Float.NaN; // so that the check after the epoch sees it
    }
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  /** to += factor * from. */
  private static void add(float factor, float[] from, float[] to) {
    for (int d = 0; d < to.length; d++) {
      to[d] += factor * from[d];
    }
  }

  /** Eight sums side by side: one alone would wait for every addition. */
  private static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int d = 0;
    for (; d + 7 < a.length; d += 8) {
      s0 += a[d] * b[d];
      s1 += a[d + 1] * b[d + 1];
      s2 += a[d + 2] * b[d + 2];
      s3 += a[d + 3] * b[d + 3];
      s4 += a[d + 4] * b[d + 4];
      s5 += a[d + 5] * b[d + 5];
      s6 += a[d + 6] * b[d + 6];
      s7 += a[d + 7] * b[d + 7];
    }
    for (; d < a.length; d++) {
      s0 += a[d] * b[d];
    }
    return (s0 + s1) + (s2 + s3) + ((s4 + s5) + (s6 + s7));
  }
}
