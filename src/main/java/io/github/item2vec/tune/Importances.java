package io.github.item2vec.tune;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much each parameter decides whether a trial is among the best tenth: the Pearson divergence
 * between where those trials are and where all are, summed over where the parameter is active
 * (Watanabe et al., "PED-ANOVA", IJCAI 2023, with its extension to conditional parameters). The
 * default of Optuna 5.0.0's {@code optuna.importance.get_param_importances}, and equal to it.
 */
public final class Importances {
  private static final double BEST_SHARE = 0.1;

  /** Against a division by nothing; as in Optuna. */
  private static final double LEAST_DENSITY = 1e-12;

  /** A parameter that fewer trials have says nothing. */
  private static final int FEWEST_TRIALS = 2;

  private Importances() {}

  /**
   * Shares by parameter, in sum 1, the largest first; all the same when the trials say nothing.
   * Only complete trials count; empty when there is none. With fewer than fifty the best tenth is a
   * handful, and the shares mean little.
   */
  public static Map<String, Double> of(Study study) {
    List<Trial> all =
        study.trials().stream().filter(trial -> trial.state() == TrialState.COMPLETE).toList();
    Map<String, Double> raw = new LinkedHashMap<>();
    List<Trial> best = all.size() < FEWEST_TRIALS ? List.of() : best(all, study.direction());
    for (Parameter parameter : study.space().parameters()) {
      if (all.stream().anyMatch(trial -> trial.params().containsKey(parameter.name()))) {
        raw.put(parameter.name(), best.isEmpty() ? 0 : importance(parameter, all, best));
      }
    }
    double sum = raw.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    raw.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> shares.put(e.getKey(), sum == 0 ? 1.0 / raw.size() : e.getValue() / sum));
    return shares;
  }

  /** With all that equal the last of the tenth. */
  private static List<Trial> best(List<Trial> all, Direction direction) {
    List<Trial> sorted =
        all.stream()
            .sorted(
                (a, b) -> direction.better(value(a), value(b)) ? -1 : value(a) == value(b) ? 0 : 1)
            .toList();
    double last = value(sorted.get((int) Math.ceil(BEST_SHARE * all.size()) - 1));
    return all.stream().filter(trial -> !direction.better(last, value(trial))).toList();
  }

  private static double value(Trial complete) {
    return complete.value().orElseThrow();
  }

  private static double importance(Parameter parameter, List<Trial> all, List<Trial> best) {
    List<Object> everywhere = values(parameter, all);
    List<Object> amongBest = values(parameter, best);
    if (parameter.dimension().single()
        || everywhere.size() < FEWEST_TRIALS
        || amongBest.isEmpty()) {
      return 0;
    }
    double active = (double) amongBest.size() / best.size();
    double divergence =
        divergence(
            GridDensity.of(parameter.dimension(), amongBest),
            GridDensity.of(parameter.dimension(), everywhere));
    return active * active / ((double) everywhere.size() / all.size()) * divergence;
  }

  private static List<Object> values(Parameter parameter, List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.params().containsKey(parameter.name()))
        .map(trial -> trial.params().get(parameter.name()))
        .toList();
  }

  private static double divergence(double[] best, double[] all) {
    double sum = 0;
    for (int cell = 0; cell < all.length; cell++) {
      double ratio = (best[cell] + LEAST_DENSITY) / (all[cell] + LEAST_DENSITY) - 1;
      sum += (all[cell] + LEAST_DENSITY) * ratio * ratio;
    }
    return sum;
  }
}
