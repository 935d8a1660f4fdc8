package io.github.item2vec.tune;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Stops a trial whose best intermediate value is worse than the median that the complete trials had
 * at the same step, as Optuna 5.0.0's {@code MedianPruner} with {@code n_startup_trials} and {@code
 * n_warmup_steps}. A trial is held against those that were complete when it started.
 */
public final class MedianPruner implements Pruner {
  private final int startupTrials;
  private final int warmupSteps;

  /**
   * @param startupTrials complete trials before the first is stopped
   * @param warmupSteps steps that every trial makes; it can be stopped at this step at the earliest
   */
  public MedianPruner(int startupTrials, int warmupSteps) {
    this.startupTrials = startupTrials;
    this.warmupSteps = warmupSteps;
  }

  @Override
  public Rule rule(List<Trial> history, Direction direction) {
    List<Trial> complete =
        history.stream().filter(trial -> trial.state() == TrialState.COMPLETE).toList();
    if (complete.isEmpty() || complete.size() < startupTrials) {
      return Rule.NEVER;
    }
    return new MedianRule(direction, warmupSteps, medians(complete));
  }

  private static NavigableMap<Integer, Double> medians(List<Trial> complete) {
    Map<Integer, List<Double>> values =
        complete.stream()
            .flatMap(trial -> trial.intermediate().entrySet().stream())
            .filter(step -> !step.getValue().isNaN())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    NavigableMap<Integer, Double> medians = new TreeMap<>();
    values.forEach((step, all) -> medians.put(step, median(all)));
    return medians;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
  }

  private record MedianRule(Direction direction, int warmup, NavigableMap<Integer, Double> medians)
      implements Rule {
    @Override
    public boolean prunes(int step, double best) {
      Double median = medians.get(step);
      return step >= warmup
          && (Double.isNaN(best) || (median != null && direction.better(median, best)));
    }
  }
}
