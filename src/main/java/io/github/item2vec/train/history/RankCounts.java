package io.github.item2vec.train.history;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.Block;
import io.github.item2vec.train.epoch.Parts;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How many items of a part rank above the targets of a {@link RankQuery}; {@link Precision#K} and
 * more are not told apart.
 *
 * @param group of the query
 * @param above by case, by factor, by target
 */
@SuppressWarnings("ArrayRecordComponent") // travels, never compared
public record RankCounts(int group, byte[][][] above) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int TILE = 64;
  private static final int WIDTH = BatchMath.COLUMNS;

  /**
   * Counts. 64 bytes per item of the part.
   *
   * @param query {@link RankQuery#ofPart}
   * @param output vectors of the part, padded
   */
  public static RankCounts of(RankQuery query, float[][] output, Parts parts, int part) {
    float[][] scores = scores(query, output);
    byte[][][] above = new byte[query.moments().length][][];
    for (int b = 0; b < above.length; b++) {
      RankQuery.Moment moment = query.moments()[b];
      for (int item : moment.known()) {
        scores[b][parts.row(item)] = Float.NEGATIVE_INFINITY;
      }
      int[] rows = Arrays.stream(moment.added()).map(parts::row).toArray();
      float[] before = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        before[i] = scores[b][rows[i]];
      }
      above[b] = new byte[query.factors().length][moment.targets().length];
      for (int f = 0; f < query.factors().length; f++) {
        for (int i = 0; i < rows.length; i++) {
          scores[b][rows[i]] = before[i] + (float) (moment.sums()[i] * query.factors()[f]);
        }
        for (int t = 0; t < moment.targets().length; t++) {
          float score = moment.scores()[f][t];
          above[b][f][t] = above(scores[b], score, moment.targets()[t], parts, part);
        }
      }
    }
    return new RankCounts(query.group(), above);
  }

  /** Products of rows with the profiles of a query, by case, by row. */
  static float[][] scores(RankQuery query, float[][] rows) {
    return products(query.profiles(), query.moments().length, rows);
  }

  /**
   * Products of rows with profiles, by case, by row.
   *
   * @param profiles packed by {@link CaseBatch}
   * @param cases at most {@link BatchMath#COLUMNS}
   */
  static float[][] products(float[] profiles, int cases, float[][] output) {
    int columns = profiles.length / WIDTH;
    float[][] scores = new float[cases][output.length];
    float[] rows = new float[TILE * columns];
    float[] products = new float[TILE * WIDTH];
    for (int from = 0; from < output.length; from += TILE) {
      int n = Math.min(TILE, output.length - from);
      for (int i = 0; i < n; i++) {
        System.arraycopy(output[from + i], 0, rows, i * columns, columns);
      }
      Block product = new Block(products, 0, WIDTH);
      Block right = new Block(profiles, 0, WIDTH);
      BatchMath.best().product(new Block(rows, 0, columns), right, product, TILE, columns, WIDTH);
      for (int b = 0; b < cases; b++) {
        for (int i = 0; i < n; i++) {
          scores[b][from + i] = products[i * WIDTH + b];
        }
      }
    }
    return scores;
  }

  private static byte above(float[] scores, float score, int target, Parts parts, int part) {
    byte above = 0;
    for (int row = 0; row < scores.length && above < Precision.K; row++) {
      if (scores[row] > score || (scores[row] == score && parts.item(part, row) < target)) {
        above++;
      }
    }
    return above;
  }
}
