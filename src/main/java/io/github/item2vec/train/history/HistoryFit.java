package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures on the hidden tails, with vectors that have not seen them, whether lags and transitions
 * help, and how much. What does not clearly help is left off, so that where order means nothing
 * nothing is lost. Deterministic; the same on any number of threads.
 */
final class HistoryFit {
  /** Factors of transitions that are tried, besides 0. */
  private static final double[] FACTORS = {1, 2, 4, 8, 16};

  /**
   * Logarithms of the scales that even weights are tried with. The low ones are for vectors that
   * say nothing of what comes next: fitted weights must not win by shrinking scores alone.
   */
  private static final double[] SCALES = {-4, -2, -1, -0.6, -0.3, 0, 0.3, 0.6};

  private static final int MOST_CASES = 10_000;
  private static final int FEWEST_CASES = 400;

  /** Products of the full rankings: a second or two. */
  private static final long MOST_PRODUCTS = 1L << 33;

  private final List<Case> cases;
  private final long seed;

  /**
   * @param cases of which it decides
   */
  HistoryFit(List<Case> cases, long seed) {
    this.cases = cases;
    this.seed = seed;
  }

  /**
   * The cases of chosen histories.
   *
   * @param items of the catalogue
   * @param padded length of a vector
   */
  static List<Case> cases(int[][] chosen, int items, int padded, long seed) {
    long fit = MOST_PRODUCTS / ((long) items * padded);
    int most = (int) Math.max(FEWEST_CASES, Math.min(MOST_CASES, fit));
    return Case.of(chosen, most, Mixing.mix(seed, 1));
  }

  /** Of what {@link NextItems} draws. */
  static long candidateSeed(long seed) {
    return Mixing.mix(seed, 2);
  }

  /**
   * Fits and chooses, in one task.
   *
   * @param histories {@link Histories#measurable()}
   * @param input vectors by item, padded, of a training that has not seen the tails
   * @param output likewise
   */
  static Fitted of(
      Histories histories, float[][] input, float[][] output, long seed, Workers workers) {
    return of(histories.chosen(), histories.early(), input, output, seed, workers);
  }

  static Fitted of(
      int[][] chosen,
      int[][] early,
      float[][] input,
      float[][] output,
      long seed,
      Workers workers) {
    List<Case> cases = cases(chosen, output.length, output[0].length, seed);
    HistoryFit fit = new HistoryFit(cases, seed);
    CaseRanks ranks = new CaseRanks(cases, input, output, workers);
    Halves halves = fit.halves(new NextItems(input, output, candidateSeed(seed), workers));
    Lags lags = Lags.even(0);
    if (halves.likely()) {
      List<CaseGroup> groups = fit.groups(halves);
      lags = fit.lags(halves, ranks.precisions(groups, FITTED), ranks.precisions(groups, EVEN));
    }
    ItemTable transitions = Transitions.of(early, output.length, workers);
    double[] factors = factors(lags);
    return new Fitted(lags, fit.factor(ranks.precisions(lags, transitions, factors)));
  }

  /** Which lags cases are ranked under: those that were fitted to the other half of the users. */
  static final int FITTED = 0;

  /** Likewise: even ones. */
  static final int EVEN = 1;

  /** What {@link #lags(Halves, double[], double[])} wants ranked. */
  List<CaseGroup> groups(Halves halves) {
    List<CaseGroup> groups = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      groups.addAll(CaseGroup.of(FITTED, ofHalf(1 - half), halves.fittedTo(half)));
      groups.addAll(CaseGroup.of(EVEN, ofHalf(1 - half), Lags.even(0)));
    }
    return groups;
  }

  /** What {@link #factor} wants ranked. */
  List<CaseGroup> groups(Lags lags) {
    return CaseGroup.of(FITTED, IntStream.range(0, cases.size()).toArray(), lags);
  }

  /**
   * Fits lags to each half of the users; they are likely when the other half is by more than two
   * standard errors.
   */
  Halves halves(NextItems next) {
    Lags even = Lags.even(0);
    double[][] evenLikelihoods = next.logLikelihoods(cases, even, SCALES);
    double[] likelihood = new double[cases.size()];
    Lags[] fitted = new Lags[2];
    for (int half = 0; half < 2; half++) {
      int[] some = ofHalf(half);
      int[] rest = ofHalf(1 - half);
      if (some.length == 0 || rest.length == 0) {
        return Halves.none();
      }
      Lags lags = LagFit.of(cases(some), next, Mixing.mix(seed, 4 + half));
      fitted[half] = lags;
      int scale = bestScale(evenLikelihoods, some);
      double[][] likelihoods = next.logLikelihoods(cases(rest), lags, lags.scale());
      for (int i = 0; i < rest.length; i++) {
        likelihood[rest[i]] = likelihoods[i][0] - evenLikelihoods[rest[i]][scale];
      }
    }
    Gain likely = Gain.of(cases, likelihood);
    return new Halves(fitted[0], fitted[1], likely.mean() > 2 * likely.error());
  }

  /**
   * The mean of both halves' lags if they rank higher what comes next; else even ones.
   *
   * @param halves likely ones
   * @param fitted precision by case under the lags of the other half
   * @param even likewise under even lags
   */
  Lags lags(Halves halves, double[] fitted, double[] even) {
    return Gain.of(cases, difference(fitted, even)).mean() > 0 ? halves.mean() : Lags.even(0);
  }

  private int[] ofHalf(int half) {
    return IntStream.range(0, cases.size())
        .filter(i -> (Mixing.mix(seed, cases.get(i).user()) & 1) == half)
        .toArray();
  }

  private List<Case> cases(int[] some) {
    return IntStream.of(some).mapToObj(cases::get).toList();
  }

  private static int bestScale(double[][] likelihoods, int[] some) {
    double[][] each = IntStream.of(some).mapToObj(i -> likelihoods[i]).toArray(double[][]::new);
    int best = 0;
    for (int scale = 1; scale < SCALES.length; scale++) {
      if (sum(each, scale) > sum(each, best)) {
        best = scale;
      }
    }
    return best;
  }

  private static double sum(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).sum();
  }

  /** Factors of transitions in the scores, 0 the first. */
  static double[] factors(Lags lags) {
    double[] factors = new double[1 + FACTORS.length];
    for (int f = 0; f < FACTORS.length; f++) {
      factors[f + 1] = FACTORS[f] * StrictMath.exp(-lags.scale());
    }
    return factors;
  }

  /**
   * The factor of the transitions in the logits: 0 unless the best gains more than a standard
   * error, else the least that is within half a standard error of the best.
   *
   * @param precisions by {@link #factors}, by case
   */
  double factor(double[][] precisions) {
    int best = 0;
    for (int f = 1; f < precisions.length; f++) {
      if (sum(precisions[f]) > sum(precisions[best])) {
        best = f;
      }
    }
    Gain gain = Gain.of(cases, difference(precisions[best], precisions[0]));
    if (best == 0 || gain.mean() <= gain.error()) {
      return 0;
    }
    for (int f = 1; f < best; f++) {
      Gain behind = Gain.of(cases, difference(precisions[best], precisions[f]));
      if (behind.mean() <= behind.error() / 2) {
        return FACTORS[f - 1];
      }
    }
    return FACTORS[best - 1];
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double[] difference(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  /** A mean over users of their cases' means, and its standard error. */
  private record Gain(double mean, double error) {
    static Gain of(List<Case> cases, double[] values) {
      List<Double> users = new ArrayList<>();
      for (int from = 0; from < values.length; ) {
        int to = from;
        double sum = 0;
        while (to < values.length && cases.get(to).user() == cases.get(from).user()) {
          sum += values[to++];
        }
        users.add(sum / (to - from));
        from = to;
      }
      double mean = users.stream().mapToDouble(x -> x).average().orElse(0);
      double squares = users.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
      int n = users.size();
      return new Gain(mean, n < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (n - 1) / n));
    }
  }
}
