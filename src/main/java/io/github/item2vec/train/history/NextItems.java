package io.github.item2vec.train.history;

import io.github.item2vec.math.Exponential;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.recommend.LagWeights;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The likelihood of what comes next: a softmax of the logits over all items that the context does
 * not hold. With more than {@value #MOST_ITEMS} items the sum is estimated from as many, drawn once
 * with equal probability. Vectors are frozen. Used by several threads.
 */
final class NextItems {
  static final int MOST_ITEMS = 4_096;

  private final float[][] input;
  private final float[][] output;
  private final int[] candidates;
  private final float[][] rows;
  private final double weight;

  /**
   * @param input vectors by item, padded
   * @param output likewise
   */
  NextItems(float[][] input, float[][] output, long seed) {
    this.input = input;
    this.output = output;
    this.candidates = draw(output.length, seed);
    this.rows = IntStream.of(candidates).mapToObj(item -> output[item]).toArray(float[][]::new);
    this.weight = (double) output.length / candidates.length;
  }

  private static int[] draw(int items, long seed) {
    int[] all = IntStream.range(0, items).toArray();
    if (items <= MOST_ITEMS) {
      return all;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < MOST_ITEMS; i++) {
      int j = i + random.nextInt(items - i);
      int item = all[j];
      all[j] = all[i];
      all[i] = item;
    }
    int[] some = Arrays.copyOf(all, MOST_ITEMS);
    Arrays.sort(some);
    return some;
  }

  /** What a case says: its log-likelihood per target, and where that falls. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Slope(double logLikelihood, double[] byLog, double byScale) {}

  /** The mean log-likelihood of a case's targets. */
  double logLikelihood(Case moment, Lags lags) {
    return logLikelihoods(moment, lags, lags.scale())[0];
  }

  /** The same with each of some scales instead of that of the lags. */
  double[] logLikelihoods(Case moment, Lags lags, double... scales) {
    double[] shares = lags.shares(moment.context().length);
    float[] profile = lags.profile(moment.context(), shares, input);
    float[] products = products(profile);
    return Arrays.stream(scales)
        .map(scale -> softmax(moment, profile, products, scale).logLikelihood())
        .toArray();
  }

  /** The same with the gradient of minus the log-likelihood. */
  Slope slope(Case moment, Lags lags) {
    int[] context = moment.context();
    double[] shares = lags.shares(context.length);
    float[] profile = lags.profile(context, shares, input);
    Softmax softmax = softmax(moment, profile, products(profile), lags.scale());
    float[] error = softmax.error(moment);
    double[] byLog = new double[LagWeights.BUCKETS];
    double mean = dot(profile, error);
    for (int i = 0; i < context.length; i++) {
      byLog[LagWeights.bucket(context.length - i)] +=
          shares[i] * (dot(input[context[i]], error) - mean);
    }
    return new Slope(softmax.logLikelihood(), byLog, softmax.byScale());
  }

  private static double dot(float[] a, float[] b) {
    return RowMath.best().dot(a, b);
  }

  private float[] products(float[] profile) {
    float[] products = new float[candidates.length];
    RowMath.best().dots(profile, rows, 0, rows.length, products, 0);
    return products;
  }

  private Softmax softmax(Case moment, float[] profile, float[] products, double scale) {
    return new Softmax(moment, profile, products, StrictMath.exp(scale));
  }

  /** Logits and probabilities of one case. */
  private final class Softmax {
    private final double factor;
    private final float[] products;
    private final double[] probabilities = new double[candidates.length];
    private final double[] targets;
    private final double[] targetProbabilities;
    private final double logSum;

    Softmax(Case moment, float[] profile, float[] products, double factor) {
      this.factor = factor;
      this.products = products;
      targets = new double[moment.targets().length];
      targetProbabilities = new double[targets.length];
      double largest = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < targets.length; t++) {
        targets[t] = dot(profile, output[moment.targets()[t]]);
        largest = Math.max(largest, factor * targets[t]);
      }
      boolean[] out = new boolean[candidates.length];
      leaveOut(moment.context(), out);
      leaveOut(moment.targets(), out); // they are counted by themselves
      for (int j = 0; j < products.length; j++) {
        if (!out[j]) {
          largest = Math.max(largest, factor * products[j]);
        }
      }
      double sum = 0;
      for (int j = 0; j < products.length; j++) {
        if (!out[j]) {
          probabilities[j] = weight * Exponential.exp((float) (factor * products[j] - largest));
          sum += probabilities[j];
        }
      }
      for (int t = 0; t < targets.length; t++) {
        targetProbabilities[t] = Exponential.exp((float) (factor * targets[t] - largest));
        sum += targetProbabilities[t];
      }
      for (int j = 0; j < products.length; j++) {
        probabilities[j] /= sum;
      }
      for (int t = 0; t < targets.length; t++) {
        targetProbabilities[t] /= sum;
      }
      logSum = largest + StrictMath.log(sum);
    }

    private void leaveOut(int[] items, boolean[] out) {
      for (int item : items) {
        int at = Arrays.binarySearch(candidates, item);
        if (at >= 0) {
          out[at] = true;
        }
      }
    }

    double logLikelihood() {
      return Arrays.stream(targets).map(product -> factor * product - logSum).average().orElse(0);
    }

    /** Gradient by the profile. */
    float[] error(Case moment) {
      float[] factors = new float[candidates.length];
      for (int j = 0; j < factors.length; j++) {
        factors[j] = (float) (factor * probabilities[j]);
      }
      float[] error = new float[input[0].length];
      RowMath.best().addAll(factors, 0, 1, rows, 0, rows.length, error);
      for (int t = 0; t < targets.length; t++) {
        float by = (float) (factor * (targetProbabilities[t] - 1.0 / targets.length));
        RowMath.best().add(by, output[moment.targets()[t]], error);
      }
      return error;
    }

    /** Gradient by the scale. */
    double byScale() {
      double sum = 0;
      for (int j = 0; j < products.length; j++) {
        sum += probabilities[j] * factor * products[j];
      }
      for (int t = 0; t < targets.length; t++) {
        sum += (targetProbabilities[t] - 1.0 / targets.length) * factor * targets[t];
      }
      return sum;
    }
  }
}
