package io.github.item2vec.train.history;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.recommend.ItemTable;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of all items for a few cases, and how well their targets rank by these: average precision
 * among the best ten that the context does not hold. 72 bytes per item of the catalogue; for one
 * thread.
 */
final class CaseScores {
  /** Cases at once. */
  static final int MOST = BatchMath.COLUMNS;

  private final CaseBatch batch;
  private final float[][] scores;

  /** What transitions add, by item; zeros between cases. */
  private final double[] sums;

  /**
   * @param cases at most {@link #MOST}
   * @param input vectors by item, padded
   * @param output likewise
   */
  CaseScores(List<Case> cases, Lags lags, float[][] input, float[][] output) {
    this.batch = new CaseBatch(cases, input[0].length);
    double[] weights = lags.weights();
    for (int b = 0; b < cases.size(); b++) {
      batch.fill(b, weights, input);
    }
    this.sums = new double[output.length];
    this.scores = RankCounts.products(batch.profiles(), cases.size(), output);
    for (int b = 0; b < scores.length; b++) {
      for (int item : cases.get(b).context()) {
        scores[b][item] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  double precision(int b) {
    return precision(batch.get(b).targets(), scores[b]);
  }

  /**
   * Precisions with transitions added to the scores; these do not stay as they are.
   *
   * @return by factor of the transitions
   */
  double[] precisions(int b, ItemTable transitions, double[] factors) {
    int[] context = batch.get(b).context();
    int[] touched = new int[Fitted.LAST * TransitionWeights.MOST];
    int size = 0;
    for (int i = Math.max(0, context.length - Fitted.LAST); i < context.length; i++) {
      double share = batch.share(b, context.length - i);
      int end = transitions.start(context[i] + 1);
      for (int entry = transitions.start(context[i]); entry < end; entry++) {
        int item = transitions.column(entry);
        if (sums[item] == 0) {
          touched[size++] = item;
        }
        sums[item] += share * transitions.value(entry);
      }
    }
    float[] before = new float[size];
    for (int i = 0; i < size; i++) {
      before[i] = scores[b][touched[i]];
    }
    double[] precisions = new double[factors.length];
    for (int f = 0; f < factors.length; f++) {
      for (int i = 0; i < size; i++) {
        scores[b][touched[i]] = before[i] + (float) (sums[touched[i]] * factors[f]);
      }
      precisions[f] = precision(b);
    }
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
    }
    return precisions;
  }

  private static double precision(int[] targets, float[] scores) {
    return Precision.of(Arrays.stream(targets).map(target -> rank(scores, target)).toArray());
  }

  /** From 1; past {@value Precision#K} it is only known to be past it. */
  private static int rank(float[] scores, int item) {
    float score = scores[item];
    int rank = 1;
    for (int other = 0; other < scores.length && rank <= Precision.K; other++) {
      if (scores[other] > score || (scores[other] == score && other < item)) {
        rank++;
      }
    }
    return rank;
  }
}
