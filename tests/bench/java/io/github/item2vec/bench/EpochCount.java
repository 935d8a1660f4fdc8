package io.github.item2vec.bench;

import io.github.item2vec.train.InMemoryTraining;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.onetask.CurrentVectors;
import java.io.BufferedReader;
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
 * What epochs bring: trainings of the basket model with shipped defaults but for {@code maxIter},
 * and map@10 on validation data: of each user with 8 items or more the last three are left out and
 * the three before are ranked (of 20,000 users at most). Without Spark. Started by basket.sh.
 * Arguments: FILE (user, item, rating, time by tabs) MIN_RATING time|file THREADS EPOCHS ...; 0
 * epochs are the default's own.
 */
final class EpochCount {
  private static final int HELD_OUT = 3;
  private static final int MOST_USERS = 20_000;
  private static final int K = 10;

  private record Rating(int item, long time) {}

  private final List<int[]> contexts = new ArrayList<>();
  private final List<int[]> wanted = new ArrayList<>();
  private int items;

  private EpochCount(Path file, double least, boolean byTime) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, List<Rating>> users = new LinkedHashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", 4);
        if (Double.parseDouble(fields[2]) >= least) {
          int item = numbers.computeIfAbsent(fields[1], id -> numbers.size());
          users
              .computeIfAbsent(fields[0], user -> new ArrayList<>())
              .add(new Rating(item, Long.parseLong(fields[3].strip())));
        }
      }
    }
    items = numbers.size();
    for (List<Rating> ratings : users.values()) {
      if (byTime) {
        ratings.sort(Comparator.comparingLong(Rating::time));
      }
      int[] history = ratings.stream().mapToInt(Rating::item).distinct().toArray();
      if (history.length > 2 * HELD_OUT + 1) {
        int cut = history.length - 2 * HELD_OUT;
        contexts.add(Arrays.copyOf(history, cut));
        wanted.add(Arrays.copyOfRange(history, cut, cut + HELD_OUT));
      }
    }
  }

  public static void main(String[] args) throws IOException {
    EpochCount data =
        new EpochCount(Path.of(args[0]), Double.parseDouble(args[1]), args[2].equals("time"));
    System.out.printf(
        Locale.ROOT,
        "%s: %,d users, %,d items, %,d rows%n",
        Path.of(args[0]).getFileName(),
        data.contexts.size(),
        data.items,
        data.contexts.stream().mapToLong(context -> context.length).sum());
    for (int i = 4; i < args.length; i++) {
      data.train(Integer.parseInt(args[i]), Integer.parseInt(args[3]));
    }
  }

  private void train(int maxIter, int threads) {
    long start = System.nanoTime();
    int[] made = {0};
    double[] seconds = {0};
    double map =
        new InMemoryTraining(new Item2Vec().setMaxIter(maxIter))
            .train(
                contexts.toArray(int[][]::new),
                items,
                threads,
                (epoch, epochs, vectors) -> {
                  made[0] = epoch;
                  return true;
                },
                vectors -> {
                  seconds[0] = (System.nanoTime() - start) / 1e9;
                  return meanAveragePrecision(vectors);
                });
    System.out.printf(Locale.ROOT, "%4d epochs  map@10 %.5f  %7.1f s%n", made[0], map, seconds[0]);
  }

  private double meanAveragePrecision(CurrentVectors vectors) {
    int step = Math.max(1, contexts.size() / MOST_USERS);
    return IntStream.iterate(0, u -> u < contexts.size(), u -> u + step)
        .mapToDouble(u -> precision(vectors, contexts.get(u), wanted.get(u)))
        .average()
        .orElseThrow();
  }

  /** Divided by 10, as everywhere in this project. */
  private static double precision(CurrentVectors vectors, int[] context, int[] wanted) {
    if (!vectors.knowsAny(context)) {
      return 0;
    }
    int[] ranks = vectors.ranks(context, context, wanted);
    double sum = 0;
    for (int i = 0; i < ranks.length && ranks[i] <= K; i++) {
      sum += (i + 1.0) / ranks[i];
    }
    return sum / K;
  }
}
