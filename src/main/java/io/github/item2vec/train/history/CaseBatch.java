package io.github.item2vec.train.history;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Some cases under the same weights, with their profiles as a matrix. */
final class CaseBatch {
  /** Most cases of a batch. */
  static final int MOST = BatchMath.BASKETS;

  private static final int WIDTH = BatchMath.COLUMNS;

  private final List<Case> cases;
  private final double[][] shares;
  private final float[][] profiles;
  private final float[] packed;
  private final int[][] leftOut;

  /**
   * @param cases at most {@link #MOST}
   * @param candidates rising
   */
  CaseBatch(List<Case> cases, Lags lags, float[][] input, int[] candidates, Workers workers) {
    this.cases = cases;
    this.shares = new double[cases.size()][];
    this.profiles = new float[cases.size()][];
    this.packed = new float[MOST * input[0].length];
    this.leftOut = new int[cases.size()][];
    workers.run(cases.size(), b -> fill(b, lags, input, candidates));
  }

  private void fill(int b, Lags lags, float[][] input, int[] candidates) {
    Case moment = cases.get(b);
    shares[b] = lags.shares(moment.context().length);
    profiles[b] = lags.profile(moment.context(), shares[b], input);
    int columns = profiles[b].length;
    int to = b / WIDTH * columns * WIDTH + b % WIDTH;
    for (int d = 0; d < columns; d++) {
      packed[to + d * WIDTH] = profiles[b][d];
    }
    leftOut[b] =
        IntStream.concat(Arrays.stream(moment.context()), Arrays.stream(moment.targets()))
            .map(item -> Arrays.binarySearch(candidates, item))
            .filter(place -> place >= 0)
            .sorted()
            .toArray();
  }

  int size() {
    return cases.size();
  }

  Case get(int b) {
    return cases.get(b);
  }

  /** Share of each item of the context. */
  double[] shares(int b) {
    return shares[b];
  }

  float[] profile(int b) {
    return profiles[b];
  }

  /** The d-th value of case b at (b / 16 * columns + d) * 16 + b % 16; 0 for cases past the last. */
  float[] profiles() {
    return packed;
  }

  /** Places among the candidates of the context and the targets, which are counted apart; rising. */
  int[] leftOut(int b) {
    return leftOut[b];
  }
}
