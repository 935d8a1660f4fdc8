package io.github.item2vec.train.history;

import io.github.item2vec.recommend.LagWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits {@link Lags} to cases by the likelihood of what comes next, with Adam (Kingma and Ba 2015)
 * and a penalty on jumps between neighbouring buckets, so that buckets that few cases fill follow
 * the others.
 */
final class LagFit {
  private static final int STEPS = 100;
  private static final int BATCH = CaseBatch.MOST;
  private static final double FIRST_STEP = 0.05;
  private static final double LAST_STEP = 0.005;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 1e-8;

  /** Of the sum of squared jumps; divided by the number of cases. */
  private static final double SMOOTHNESS = 3;

  private static final int SIZE = LagWeights.BUCKETS + 1;

  private final NextItems next;
  private final double[] x = new double[SIZE];
  private final double[] first = new double[SIZE];
  private final double[] second = new double[SIZE];

  private LagFit(NextItems next) {
    this.next = next;
  }

  /** The lags that fit some cases, one at least. */
  static Lags of(List<Case> cases, NextItems next, long seed) {
    LagFit fit = new LagFit(next);
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[0];
    int at = 0;
    for (int step = 0; step < STEPS; step++) {
      List<Case> batch = new ArrayList<>();
      while (batch.size() < Math.min(BATCH, cases.size())) {
        if (at == order.length) {
          order = permutation(cases.size(), random);
          at = 0;
        }
        batch.add(cases.get(order[at++]));
      }
      fit.step(batch, step, cases.size());
    }
    return fit.lags();
  }

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) { // Fisher and Yates, inside out
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private Lags lags() {
    double[] logs = new double[LagWeights.BUCKETS];
    System.arraycopy(x, 0, logs, 0, logs.length);
    return new Lags(logs, x[LagWeights.BUCKETS]);
  }

  private void step(List<Case> batch, int step, int cases) {
    NextItems.Slope[] slopes = next.slopes(batch, lags());
    double[] gradient = new double[SIZE];
    for (NextItems.Slope slope : slopes) {
      for (int k = 0; k < LagWeights.BUCKETS; k++) {
        gradient[k] += slope.byLog()[k] / slopes.length;
      }
      gradient[LagWeights.BUCKETS] += slope.byScale() / slopes.length;
    }
    for (int k = 1; k < LagWeights.BUCKETS; k++) {
      double jump = SMOOTHNESS / cases * (x[k] - x[k - 1]);
      gradient[k] += jump;
      gradient[k - 1] -= jump;
    }
    update(gradient, step);
  }

  private void update(double[] gradient, int step) {
    double size = FIRST_STEP + (LAST_STEP - FIRST_STEP) * step / (STEPS - 1);
    double correction1 = 1 - StrictMath.pow(BETA1, step + 1.0);
    double correction2 = 1 - StrictMath.pow(BETA2, step + 1.0);
    for (int k = 0; k < SIZE; k++) {
      first[k] = BETA1 * first[k] + (1 - BETA1) * gradient[k];
      second[k] = BETA2 * second[k] + (1 - BETA2) * gradient[k] * gradient[k];
      x[k] -= size * (first[k] / correction1) / (Math.sqrt(second[k] / correction2) + EPSILON);
    }
    double last = x[0]; // only differences matter: the last item's weight stays 1
    for (int k = 0; k < LagWeights.BUCKETS; k++) {
      x[k] -= last;
    }
  }
}
