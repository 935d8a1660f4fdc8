package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@link HistoryFit} for a training whose vectors are in many tasks: one task has the chosen
 * sequences, the vectors of their items and of those that {@link NextItems} draws, and asks the
 * tasks of all parts how many of their items rank above what came next. What it decides is, to the
 * last bit, what one task with all vectors decides.
 */
public final class HistoryJudge {
  private static final double[] NONE = {0};

  private final int[] candidates;
  private final int[] items;
  private final int all;
  private final long seed;
  private final HistoryFit fit;

  /** Of the items of the catalogue. */
  private final List<Case> cases;

  /** The same cases, of places among {@link #items}. */
  private final List<Case> placed;

  private float[][] input;
  private float[][] output;

  /** Of items that contexts end with. */
  private Map<Integer, Greatest> transitions = Map.of();

  /**
   * @param chosen {@link HiddenTails#chosen}, sorted
   * @param all how many items there are
   * @param padded length of a vector
   */
  public HistoryJudge(List<Sequence> chosen, int all, int padded, long seed) {
    this.all = all;
    this.seed = Mixing.mix(seed, HistoryModel.SALT);
    int[][] sequences = chosen.stream().map(HiddenTails::distinct).toArray(int[][]::new);
    this.cases = HistoryFit.cases(sequences, all, padded, this.seed);
    this.candidates = NextItems.draw(all, HistoryFit.candidateSeed(this.seed));
    IntStream own = Arrays.stream(sequences).flatMapToInt(Arrays::stream);
    this.items = IntStream.concat(own, IntStream.of(candidates)).sorted().distinct().toArray();
    this.placed =
        cases.stream()
            .map(c -> new Case(c.user(), places(c.context()), places(c.targets())))
            .toList();
    this.fit = new HistoryFit(cases, this.seed);
  }

  private int[] places(int[] some) {
    return IntStream.of(some).map(item -> Arrays.binarySearch(items, item)).toArray();
  }

  /** The items whose vectors are needed, rising. */
  public int[] items() {
    return items;
  }

  /** Takes the vectors of {@link #items}, padded, of a training that has not seen the tails. */
  public HistoryJudge with(float[][] inputRows, float[][] outputRows) {
    this.input = inputRows;
    this.output = outputRows;
    return this;
  }

  /** Fits lags to each half of the users. */
  public Halves halves(Workers workers) {
    return new HistoryFit(placed, seed)
        .halves(new NextItems(input, output, places(candidates), all, workers));
  }

  /** What {@link #lags} must know of each part. */
  public Stream<RankQuery> queries(Halves halves) {
    return queries(fit.groups(halves), NONE);
  }

  /**
   * The lags that rank what came next best.
   *
   * @param halves likely ones
   * @param counts of all parts for {@link #queries(Halves)}
   */
  public Lags lags(Halves halves, Iterator<RankCounts> counts) {
    double[][][] precisions = precisions(fit.groups(halves), 2, 1, counts);
    return fit.lags(halves, precisions[HistoryFit.FITTED][0], precisions[HistoryFit.EVEN][0]);
  }

  /** The items whose {@link TransitionWeights} are needed, rising. */
  public int[] lastItems() {
    return cases.stream()
        .map(Case::context)
        .flatMapToInt(
            context ->
                Arrays.stream(
                    context, Math.max(0, context.length - ProfileRule.LAST), context.length))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Takes the transitions of {@link #lastItems}. */
  public HistoryJudge with(Map<Integer, Greatest> rows) {
    this.transitions = rows;
    return this;
  }

  /** What {@link #factor} must know of each part. */
  public Stream<RankQuery> queries(Lags lags) {
    return queries(fit.groups(lags), HistoryFit.factors(lags));
  }

  /**
   * The factor of the transitions in the logits.
   *
   * @param counts of all parts for {@link #queries(Lags)}
   */
  public double factor(Lags lags, Iterator<RankCounts> counts) {
    int factors = HistoryFit.factors(lags).length;
    return fit.factor(precisions(fit.groups(lags), 1, factors, counts)[HistoryFit.FITTED]);
  }

  private Stream<RankQuery> queries(List<CaseGroup> groups, double[] factors) {
    return IntStream.range(0, groups.size()).mapToObj(g -> query(g, groups.get(g), factors));
  }

  private RankQuery query(int number, CaseGroup group, double[] factors) {
    List<Case> some = group.of(placed);
    CaseBatch batch = new CaseBatch(some, output[0].length);
    double[] weights = group.lags().weights();
    for (int b = 0; b < some.size(); b++) {
      batch.fill(b, weights, input);
    }
    RankQuery.Moment[] moments = new RankQuery.Moment[some.size()];
    for (int b = 0; b < moments.length; b++) {
      float[][] rows =
          IntStream.of(some.get(b).targets())
              .mapToObj(place -> output[place])
              .toArray(float[][]::new);
      float[] scores = RankCounts.products(batch.profiles(), some.size(), rows)[b];
      moments[b] = moment(cases.get(group.cases()[b]), batch, b, scores, factors);
    }
    return new RankQuery(number, batch.profiles(), factors, moments);
  }

  /** Adds in the order of {@link CaseScores#precisions}. */
  private RankQuery.Moment moment(
      Case known, CaseBatch batch, int b, float[] base, double[] factors) {
    int[] context = known.context();
    Map<Integer, Double> sums = new TreeMap<>();
    for (int i = Math.max(0, context.length - ProfileRule.LAST); i < context.length; i++) {
      Greatest row = transitions.get(context[i]);
      double share = batch.share(b, context.length - i);
      for (int entry = 0; row != null && entry < row.items().length; entry++) {
        sums.merge(row.items()[entry], share * row.values()[entry], Double::sum);
      }
    }
    float[][] scores = new float[factors.length][base.length];
    for (int f = 0; f < factors.length; f++) {
      for (int t = 0; t < base.length; t++) {
        Double sum = sums.get(known.targets()[t]);
        scores[f][t] = sum == null ? base[t] : base[t] + (float) (sum * factors[f]);
      }
    }
    return new RankQuery.Moment(
        context,
        known.targets(),
        scores,
        sums.keySet().stream().mapToInt(Integer::intValue).toArray(),
        sums.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** By set, by factor, by case. */
  private double[][][] precisions(
      List<CaseGroup> groups, int sets, int factors, Iterator<RankCounts> counts) {
    Map<Integer, int[][][]> ranks = new HashMap<>();
    while (counts.hasNext()) {
      RankCounts some = counts.next();
      add(some.above(), ranks.computeIfAbsent(some.group(), g -> new int[some.above().length][][]));
    }
    double[][][] precisions = new double[sets][factors][cases.size()];
    for (int g = 0; g < groups.size(); g++) {
      int[] members = groups.get(g).cases();
      for (int b = 0; b < members.length; b++) {
        for (int f = 0; f < factors; f++) {
          precisions[groups.get(g).set()][f][members[b]] = Precision.of(ranks.get(g)[b][f]);
        }
      }
    }
    return precisions;
  }

  /** Ranks begin at 1. */
  private static void add(byte[][][] above, int[][][] ranks) {
    for (int b = 0; b < above.length; b++) {
      if (ranks[b] == null) {
        ranks[b] = new int[above[b].length][];
      }
      for (int f = 0; f < above[b].length; f++) {
        if (ranks[b][f] == null) {
          ranks[b][f] = new int[above[b][f].length];
          Arrays.fill(ranks[b][f], 1);
        }
        for (int t = 0; t < above[b][f].length; t++) {
          ranks[b][f][t] += above[b][f][t];
        }
      }
    }
  }
}
