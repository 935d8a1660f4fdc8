package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Workers;
import java.util.List;
import java.util.stream.IntStream;

/** How well cases rank in the memory of one task, by threads. */
final class CaseRanks {
  private final List<Case> cases;
  private final float[][] input;
  private final float[][] output;
  private final Workers workers;

  /**
   * @param input vectors by item, padded
   * @param output likewise
   */
  CaseRanks(List<Case> cases, float[][] input, float[][] output, Workers workers) {
    this.cases = cases;
    this.input = input;
    this.output = output;
    this.workers = workers;
  }

  /** Takes the scores of a case; its number there is b. */
  private interface Scored {
    void take(int i, CaseScores scores, int b);
  }

  private void scored(List<CaseGroup> groups, Scored scored) {
    workers.run(
        groups.size(),
        g -> {
          CaseGroup group = groups.get(g);
          CaseScores scores = new CaseScores(group.of(cases), group.lags(), input, output);
          for (int b = 0; b < group.cases().length; b++) {
            scored.take(group.cases()[b], scores, b);
          }
        });
  }

  /** By case, those of the groups of a set. */
  double[] precisions(List<CaseGroup> groups, int set) {
    double[] precisions = new double[cases.size()];
    List<CaseGroup> some = groups.stream().filter(group -> group.set() == set).toList();
    scored(some, (i, scores, b) -> precisions[i] = scores.precision(b));
    return precisions;
  }

  /** By factor of the transitions, by case. */
  double[][] precisions(Lags lags, ItemTable transitions, double[] factors) {
    double[][] precisions = new double[factors.length][cases.size()];
    scored(
        CaseGroup.of(HistoryFit.FITTED, IntStream.range(0, cases.size()).toArray(), lags),
        (i, scores, b) -> {
          double[] each = scores.precisions(b, transitions, factors);
          for (int f = 0; f < each.length; f++) {
            precisions[f][i] = each[f];
          }
        });
    return precisions;
  }
}
