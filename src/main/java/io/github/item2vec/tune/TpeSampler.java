package io.github.item2vec.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for Hyper-Parameter
 * Optimization", section 4): of 24 points drawn from the density l of the good trials the one with
 * the largest l / g is suggested, g being the density of the others. The first 10 trials to end are
 * drawn at random.
 *
 * <p>Split, weights, kernels and score are those of Optuna 5.0.0's {@code TPESampler} with its
 * defaults, constant liar among them, which differ from those of Optuna 3 and 4; the random numbers
 * are not, so the same densities give other suggestions. Where observations are equal, Optuna pairs
 * them with their widths in the order that NumPy's unstable sort leaves, here in that of the
 * trials.
 *
 * <p>Parameters with conditions: Optuna with {@code group = True} takes those jointly that appear
 * together; here those with the same condition. A trial without some parameter of a group does not
 * inform the group.
 *
 * <p>Cost: O(24 x trials x parameters) kernel evaluations a suggestion.
 */
public final class TpeSampler implements Sampler {
  private static final int STARTUP_TRIALS = 10;
  private static final int CANDIDATES = 24;

  private final long seed;
  private final Kind kind;
  private final Sampler startup;

  /** Whether parameters are looked at together. */
  public enum Kind {
    /** Kernels are products over all parameters: sees which values go together. */
    MULTIVARIATE,
    /** Each parameter on its own, the default of Optuna before 5.0. */
    UNIVARIATE
  }

  public TpeSampler(long seed, Kind kind) {
    this.seed = seed;
    this.kind = kind;
    this.startup = new RandomSampler(seed);
  }

  @Override
  public Map<String, Object> suggest(
      SearchSpace space, Direction direction, List<Trial> history, int number) {
    if (history.stream().filter(trial -> trial.state().informs()).count() < STARTUP_TRIALS) {
      return startup.suggest(space, direction, history, number);
    }
    SplittableRandom random = Sampler.random(seed, number);
    TrialSplit split = TrialSplit.of(history, direction);
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (List<Parameter> group : groups(space)) {
      if (group.get(0).isActive(chosen)) {
        choose(group, split, random, chosen);
      }
    }
    return inOrder(space, chosen);
  }

  private List<List<Parameter>> groups(SearchSpace space) {
    return kind == Kind.MULTIVARIATE
        ? space.groups()
        : space.parameters().stream().map(List::of).toList();
  }

  private static void choose(
      List<Parameter> group,
      TrialSplit split,
      SplittableRandom random,
      Map<String, Object> chosen) {
    List<Parameter> open = new ArrayList<>();
    for (Parameter parameter : group) {
      if (parameter.dimension().single()) {
        chosen.put(parameter.name(), onlyValue(parameter.dimension()));
      } else {
        open.add(parameter);
      }
    }
    if (!open.isEmpty()) {
      double[] best = best(Densities.of(open, split), random);
      for (int d = 0; d < best.length; d++) {
        chosen.put(open.get(d).name(), open.get(d).dimension().external(best[d]));
      }
    }
  }

  private static Object onlyValue(Dimension dimension) {
    return dimension.external(dimension instanceof NumberDimension numbers ? numbers.low() : 0);
  }

  private static double[] best(Densities densities, SplittableRandom random) {
    double[] best = null;
    double bestScore = Double.NaN;
    for (int i = 0; i < CANDIDATES; i++) {
      double[] candidate = densities.good().draw(random);
      double score = densities.score(candidate);
      if (best == null || score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private static Map<String, Object> inOrder(SearchSpace space, Map<String, Object> chosen) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (String name : space.names()) {
      if (chosen.containsKey(name)) {
        ordered.put(name, chosen.get(name));
      }
    }
    return ordered;
  }

  /** l and g of a group of parameters. */
  record Densities(ParzenEstimator good, ParzenEstimator bad) {
    static Densities of(List<Parameter> group, TrialSplit split) {
      return new Densities(estimator(group, split.below()), estimator(group, split.above()));
    }

    /** log l - log g. */
    double score(double[] point) {
      return good.logDensity(point) - bad.logDensity(point);
    }

    private static ParzenEstimator estimator(List<Parameter> group, List<Trial> trials) {
      List<Trial> informing =
          trials.stream()
              .filter(t -> group.stream().allMatch(p -> t.params().containsKey(p.name())))
              .toList();
      return new ParzenEstimator(
          group.stream().map(Parameter::dimension).toList(),
          group.stream()
              .map(
                  parameter ->
                      informing.stream()
                          .mapToDouble(
                              t -> parameter.dimension().internal(t.params().get(parameter.name())))
                          .toArray())
              .toList());
    }
  }
}
