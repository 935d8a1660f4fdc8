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

  private final float[][] input;
  private final float[][] output;
  private final List<Case> cases;
  private final NextItems next;
  private final long seed;
  private final Workers workers;

  private HistoryFit(
      int[][] chosen, float[][] input, float[][] output, long seed, Workers workers) {
    this.input = input;
    this.output = output;
    this.seed = seed;
    this.workers = workers;
    long fit = MOST_PRODUCTS / ((long) output.length * output[0].length);
    int most = (int) Math.max(FEWEST_CASES, Math.min(MOST_CASES, fit));
    this.cases = Case.of(chosen, most, Mixing.mix(seed, 1));
    this.next = new NextItems(input, output, Mixing.mix(seed, 2), workers);
  }

  /**
   * Fits and chooses.
   *
   * @param histories {@link Histories#measurable()}
   * @param input vectors by item, padded, of a training that has not seen the tails
   * @param output likewise
   */
  static Fitted of(
      Histories histories, float[][] input, float[][] output, long seed, Workers workers) {
    HistoryFit fit = new HistoryFit(histories.chosen(), input, output, seed, workers);
    Lags lags = fit.lags();
    ItemTable transitions = Transitions.of(histories.early(), output.length, workers);
    return new Fitted(lags, fit.factor(lags, transitions));
  }

  /** Fits lags alone, see {@link #of}; to sequences whose tails are hidden. */
  static Lags lags(int[][] chosen, float[][] input, float[][] output, long seed, Workers workers) {
    return new HistoryFit(chosen, input, output, seed, workers).lags();
  }

  /**
   * Fits lags to each half of the users and takes their mean, if they help the other half: by more
   * than two standard errors of the likelihood, and in the rankings at all. Else even ones.
   */
  private Lags lags() {
    Lags even = Lags.even(0);
    double[][] evenLikelihoods = next.logLikelihoods(cases, even, SCALES);
    double[] likelihood = new double[cases.size()];
    Lags[] fitted = new Lags[2];
    for (int half = 0; half < 2; half++) {
      int[] some = ofHalf(half);
      int[] rest = ofHalf(1 - half);
      if (some.length == 0 || rest.length == 0) {
        return even;
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
    boolean help = likely.mean() > 2 * likely.error() && ranksHigher(fitted, even);
    return help ? fitted[0].mean(fitted[1]) : even;
  }

  /** Whether lags fitted to one half rank the targets of the other higher. */
  private boolean ranksHigher(Lags[] fitted, Lags even) {
    double[] gain = new double[cases.size()];
    for (int half = 0; half < 2; half++) {
      int[] rest = ofHalf(1 - half);
      scored(rest, fitted[half], (i, scores, b) -> gain[i] = scores.precision(b));
      scored(rest, even, (i, scores, b) -> gain[i] -= scores.precision(b));
    }
    return Gain.of(cases, gain).mean() > 0;
  }

  /** Takes the scores of a case; its number there is b. */
  private interface Scored {
    void take(int i, CaseScores scores, int b);
  }

  /** Hands on some cases with the scores of all items. */
  private void scored(int[] some, Lags lags, Scored scored) {
    List<Case> someCases = cases(some);
    int most = CaseScores.MOST;
    workers.run(
        (some.length + most - 1) / most,
        group -> {
          int from = group * most;
          int to = Math.min(some.length, from + most);
          CaseScores scores = new CaseScores(someCases.subList(from, to), lags, input, output);
          for (int i = from; i < to; i++) {
            scored.take(some[i], scores, i - from);
          }
        });
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

  /**
   * The factor of the transitions: 0 unless the best gains more than a standard error, else the
   * least that is within half a standard error of the best.
   */
  private double factor(Lags lags, ItemTable transitions) {
    double[] factors = new double[1 + FACTORS.length];
    for (int f = 0; f < FACTORS.length; f++) {
      factors[f + 1] = FACTORS[f] * StrictMath.exp(-lags.scale());
    }
    double[][] precisions = new double[factors.length][cases.size()];
    scored(
        IntStream.range(0, cases.size()).toArray(),
        lags,
        (i, scores, b) -> {
          double[] each = scores.precisions(b, transitions, factors);
          for (int f = 0; f < each.length; f++) {
            precisions[f][i] = each[f];
          }
        });
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
