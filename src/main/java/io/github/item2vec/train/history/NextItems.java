package io.github.item2vec.train.history;

import io.github.item2vec.math.Exponential;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The likelihood of what comes next: a softmax of the logits over all items that the context does
 * not hold. With more than {@value #MOST_ITEMS} items the sum is estimated from as many, drawn once
 * with equal probability. Vectors are frozen. A batch of cases is a product of matrices, slice by
 * slice of the candidates; the result is the same on any number of threads. One caller at a time.
 */
final class NextItems {
  static final int MOST_ITEMS = 4_096;

  private final float[][] input;
  private final float[][] output;
  private final Workers workers;

  /** Of each item among the candidates; negative for none. */
  private final int[] places;

  private final CandidateSlice[] slices;
  private final double weight;

  /**
   * With the vectors of all items.
   *
   * @param input vectors by item, padded
   * @param output likewise
   */
  NextItems(float[][] input, float[][] output, long seed, Workers workers) {
    this(input, output, draw(output.length, seed), output.length, workers);
  }

  /**
   * With the vectors of some items.
   *
   * @param input by place of an item, padded
   * @param output likewise
   * @param candidates places of what {@link #draw} gives, rising
   * @param items of the catalogue
   */
  NextItems(float[][] input, float[][] output, int[] candidates, int items, Workers workers) {
    this.input = input;
    this.output = output;
    this.workers = workers;
    this.places = new int[output.length];
    Arrays.fill(places, -1);
    for (int i = 0; i < candidates.length; i++) {
      places[candidates[i]] = i;
    }
    this.slices =
        CandidateSlice.of(
            IntStream.of(candidates).mapToObj(item -> output[item]).toArray(float[][]::new));
    this.weight = (double) items / candidates.length;
  }

  /** The items that stand for all, rising. */
  static int[] draw(int items, long seed) {
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

  /**
   * The mean log-likelihood of each case's targets with each of some scales instead of that of the
   * lags.
   *
   * @return by case, by scale
   */
  double[][] logLikelihoods(List<Case> cases, Lags lags, double... scales) {
    double[][] result = new double[cases.size()][scales.length];
    for (int from = 0; from < result.length; from += CaseBatch.MOST) {
      int first = from;
      CaseBatch batch =
          batch(cases.subList(from, Math.min(result.length, from + CaseBatch.MOST)), lags);
      for (int k = 0; k < scales.length; k++) {
        int scale = k;
        float factor = factor(scales[k]);
        workers.run(slices.length, s -> slices[s].exponentials(batch, factor));
        workers.run(
            batch.size(),
            b -> result[first + b][scale] = new Softmax(batch, b, factor).logLikelihood());
      }
    }
    return result;
  }

  /**
   * The same with the gradient of minus the log-likelihood.
   *
   * @param cases at most {@link CaseBatch#MOST}
   */
  Slope[] slopes(List<Case> cases, Lags lags) {
    CaseBatch batch = batch(cases, lags);
    float factor = factor(lags.scale());
    workers.run(
        slices.length,
        s -> {
          slices[s].exponentials(batch, factor);
          slices[s].propagate(batch);
        });
    Slope[] slopes = new Slope[cases.size()];
    workers.run(slopes.length, b -> slopes[b] = new Softmax(batch, b, factor).slope());
    return slopes;
  }

  private static float factor(double scale) {
    return (float) StrictMath.exp(scale);
  }

  private CaseBatch batch(List<Case> cases, Lags lags) {
    CaseBatch batch = new CaseBatch(cases, input[0].length);
    double[] weights = lags.weights();
    workers.run(batch.size(), b -> batch.fill(b, weights, input));
    workers.run(slices.length, s -> slices[s].predict(batch, places));
    return batch;
  }

  /** What the slices say of one case, with its targets, put together. */
  private final class Softmax {
    private final CaseBatch batch;
    private final int b;
    private final float factor;
    private final double[] targets;
    private final double largest;
    private final double sum;

    Softmax(CaseBatch batch, int b, float factor) {
      this.batch = batch;
      this.b = b;
      this.factor = factor;
      this.targets =
          Arrays.stream(batch.get(b).targets())
              .mapToDouble(item -> factor * CaseBatch.dot(batch.profile(b), output[item]))
              .toArray();
      double top = Arrays.stream(targets).max().orElseThrow();
      for (CandidateSlice slice : slices) {
        top = Math.max(top, slice.largest(b));
      }
      this.largest = top;
      double whole = 0;
      for (CandidateSlice slice : slices) {
        whole += weight * exp(slice.largest(b)) * slice.sum(b);
      }
      for (double target : targets) {
        whole += exp(target);
      }
      this.sum = whole;
    }

    /** e^(logit - largest). */
    private double exp(double logit) {
      return Exponential.exp((float) (logit - largest));
    }

    double logLikelihood() {
      return Arrays.stream(targets).average().orElseThrow() - largest - StrictMath.log(sum);
    }

    Slope slope() {
      float[] error = error();
      double along = CaseBatch.dot(batch.profile(b), error); // the gradient by the scale too
      return new Slope(logLikelihood(), batch.byLog(b, error, along), along);
    }

    /** Gradient by the profile. */
    private float[] error() {
      float[] error = new float[input[0].length];
      for (CandidateSlice slice : slices) {
        double share = factor * weight * exp(slice.largest(b)) / sum;
        slice.addErrors(b, (float) share, error);
      }
      int[] items = batch.get(b).targets();
      for (int t = 0; t < items.length; t++) {
        double by = factor * (exp(targets[t]) / sum - 1.0 / items.length);
        RowMath.best().add((float) by, output[items[t]], error);
      }
      return error;
    }
  }
}
