package io.github.item2vec.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The good trials and the others, each by number. Good are the first min(ceil(n / 10), 25) of the n
 * that ended: complete ones by value, then pruned ones, those that came further first, then by
 * their last intermediate value. Running trials are taken for bad ones (the constant liar), so that
 * trials at the same time keep apart.
 */
record TrialSplit(List<Trial> below, List<Trial> above) {
  private static final int MOST_BELOW = 25;

  static TrialSplit of(List<Trial> history, Direction direction) {
    List<Trial> ranked = new ArrayList<>();
    in(history, TrialState.COMPLETE)
        .sorted(Comparator.comparingDouble(t -> direction.cost(t.value().getAsDouble())))
        .forEach(ranked::add);
    in(history, TrialState.PRUNED)
        .sorted(
            Comparator.comparingInt(TrialSplit::minusLastStep)
                .thenComparingDouble(t -> lastCost(t, direction)))
        .forEach(ranked::add);
    int below = Math.min((ranked.size() + 9) / 10, MOST_BELOW);
    Stream<Trial> others =
        Stream.concat(
            ranked.subList(below, ranked.size()).stream(), in(history, TrialState.RUNNING));
    return new TrialSplit(byNumber(ranked.subList(0, below).stream()), byNumber(others));
  }

  private static Stream<Trial> in(List<Trial> history, TrialState state) {
    return history.stream().filter(trial -> trial.state() == state);
  }

  private static List<Trial> byNumber(Stream<Trial> trials) {
    return trials.sorted(Comparator.comparingInt(Trial::number)).toList();
  }

  /** A trial without intermediate values comes last. */
  private static int minusLastStep(Trial pruned) {
    return pruned.intermediate().isEmpty() ? 1 : -pruned.intermediate().lastKey();
  }

  private static double lastCost(Trial pruned, Direction direction) {
    Map.Entry<Integer, Double> last = pruned.intermediate().lastEntry();
    if (last == null) {
      return 0;
    }
    return last.getValue().isNaN() ? Double.POSITIVE_INFINITY : direction.cost(last.getValue());
  }
}
