package io.github.item2vec.train.history;

import io.github.item2vec.bench.ProcessCpu;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.basket.BasketTrainer;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.onetask.CurrentVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What weights by lag and transitions cost a training with shipped defaults, in CPU seconds, and
 * what they find, in one JVM without Spark: the epochs and the table of neighbours alone next to
 * the same with the fit on hidden tails and the table of transitions. The last three items of each
 * user are left out and the three before are ranked. Started by basket.sh. Arguments: FILE (user,
 * item, rating, time by tabs) MIN_RATING time|file ROUNDS THREADS.
 */
final class HistoryCost {
  private static final int HELD_OUT = 3;
  private static final int MIN_COUNT = 5;
  private static final int EPOCHS = 100;

  private record Rating(String user, String item, long time) {}

  private final List<int[]> contexts = new ArrayList<>();
  private final List<int[]> wanted = new ArrayList<>();
  private final long[] counts;
  private final int threads;

  private HistoryCost(List<Rating> ratings, boolean byTime, int threads) {
    this.threads = threads;
    Map<String, List<Rating>> users = new LinkedHashMap<>();
    ratings.forEach(r -> users.computeIfAbsent(r.user(), user -> new ArrayList<>()).add(r));
    Map<String, Integer> known = new HashMap<>();
    List<List<String>> histories = new ArrayList<>();
    for (List<Rating> history : users.values()) {
      if (byTime) {
        history.sort(Comparator.comparingLong(Rating::time).thenComparing(Rating::item));
      }
      List<String> items = history.stream().map(Rating::item).distinct().toList();
      if (items.size() > 2 * HELD_OUT) {
        histories.add(items.subList(0, items.size() - HELD_OUT));
        items
            .subList(0, items.size() - 2 * HELD_OUT)
            .forEach(item -> known.merge(item, 1, Integer::sum));
      }
    }
    List<String> kept =
        known.keySet().stream().filter(i -> known.get(i) >= MIN_COUNT).sorted().toList();
    Map<String, Integer> indices = new HashMap<>();
    kept.forEach(item -> indices.put(item, indices.size()));
    this.counts = kept.stream().mapToLong(known::get).toArray();
    for (List<String> items : histories) {
      int cut = items.size() - HELD_OUT;
      contexts.add(indices(items.subList(0, cut), indices));
      wanted.add(indices(items.subList(cut, items.size()), indices));
    }
  }

  private static int[] indices(List<String> items, Map<String, Integer> indices) {
    return items.stream().filter(indices::containsKey).mapToInt(indices::get).toArray();
  }

  public static void main(String[] args) throws IOException {
    double least = Double.parseDouble(args[1]);
    List<Rating> ratings = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] row = line.split("\t", -1);
      if (Double.parseDouble(row[2]) >= least) {
        ratings.add(new Rating(row[0], row[1], Long.parseLong(row[3])));
      }
    }
    boolean byTime = args[2].equals("time");
    HistoryCost cost = new HistoryCost(ratings, byTime, Integer.parseInt(args[4]));
    for (int round = 0; round < Integer.parseInt(args[3]); round++) {
      cost.run(Path.of(args[0]).getFileName().toString(), round + 1);
    }
  }

  private static TrainingSettings settings(long seed) {
    return new TrainingSettings(
        Architecture.BASKET,
        5,
        true,
        500,
        0.75,
        0,
        100,
        0.01,
        1e-4,
        EPOCHS,
        1,
        seed,
        Loss.AUTO,
        0.6,
        0.5,
        0.2,
        1e-4);
  }

  private void run(String name, long seed) {
    int[][] sequences = contexts.toArray(int[][]::new);
    try (BasketTrainer trainer = new BasketTrainer(settings(seed), counts, sequences, threads);
        Workers workers = new Workers(threads)) {
      int[][] baskets =
          Arrays.stream(sequences).filter(items -> items.length > 1).toArray(int[][]::new);
      int join = EPOCHS - EPOCHS / 5;
      double[] epochs = new double[EPOCHS];
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int now = epoch;
        epochs[epoch] = cpuSeconds(() -> trainer.trainEpoch(now, n -> {}));
      }
      double without = cpuSeconds(() -> Neighbours.of(baskets, counts.length, workers));
      double after =
          IntStream.range(join + 1, EPOCHS).mapToDouble(e -> epochs[e]).average().orElse(0);
      without += Arrays.stream(epochs).sum() - epochs[join] + after;
      ProfileRule[] rule = new ProfileRule[1];
      double with = Arrays.stream(epochs).sum() + cpuSeconds(() -> rule[0] = trainer.rule());
      System.out.printf(
          Locale.ROOT,
          "HistoryCost: %s, %,d users, %,d items, seed %d: epochs and neighbours %.2f CPU s, all"
              + " %.2f, the fit %.2f, ratio %.3f; map@10 %.5f; lags %s, transitions %d (%.4f)%n",
          name,
          contexts.size(),
          counts.length,
          seed,
          without,
          with,
          epochs[join] - after,
          with / without,
          map(trainer, rule[0]),
          Arrays.toString(
              Arrays.stream(rule[0].lags().values()).mapToObj("%.3f"::formatted).toArray()),
          rule[0].transitions().size(),
          IntStream.range(0, rule[0].transitions().size())
              .mapToDouble(rule[0].transitions()::value)
              .sum());
    }
  }

  private double map(BasketTrainer trainer, ProfileRule rule) {
    int[] all = IntStream.range(0, counts.length).toArray();
    CurrentVectors vectors = new CurrentVectors(trainer, all, all).under(rule);
    double sum = 0;
    for (int user = 0; user < contexts.size(); user++) {
      int[] context = contexts.get(user);
      if (vectors.knowsAny(context)) {
        int[] ranks = vectors.ranks(context, context, wanted.get(user));
        for (int hit = 0; hit < ranks.length && ranks[hit] <= 10; hit++) {
          sum += (hit + 1.0) / ranks[hit] / 10;
        }
      }
    }
    return sum / contexts.size();
  }

  private static double cpuSeconds(Runnable work) {
    long start = ProcessCpu.time();
    work.run();
    return (ProcessCpu.time() - start) / 1e9;
  }
}
