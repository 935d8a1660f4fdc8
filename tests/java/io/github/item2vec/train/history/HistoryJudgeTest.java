package io.github.item2vec.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge that asks parts, next to one task that has all vectors: the same decisions. */
class HistoryJudgeTest {
  private static final int SIZE = 16;
  private static final int PLACES = 30;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /** More items than {@link NextItems} looks at, too. */
  @ParameterizedTest
  @ValueSource(ints = {PLACES, 400, NextItems.MOST_ITEMS + 700})
  void anyNumberOfPartsDecidesAsOneTaskDoes(int items) {
    System.out.println("HistoryJudgeTest seed " + seed);
    float[][] input = ring(items);
    float[][] output = ring(items);
    int[][] whole = walks(items);
    List<Sequence> chosen = new ArrayList<>();
    int[][] early = whole.clone();
    for (int i = 0; i < 150; i++) {
      chosen.add(Sequence.of(whole[i], 7));
      early[i] = Arrays.copyOf(whole[i], whole[i].length - Histories.hidden(whole[i].length));
    }
    Collections.sort(chosen);
    int[][] sorted = chosen.stream().map(Sequence::items).toArray(int[][]::new);
    Fitted expected = HistoryTwin.fitted(sorted, early, input, output, 5);
    if (items == PLACES) {
      assertThat(Arrays.stream(expected.lags().logs())).as("seed %d", seed).anyMatch(x -> x != 0);
      assertThat(expected.transitions()).as("seed %d", seed).isPositive();
    }
    for (int parts : new int[] {1, 2, 4, 8}) {
      Fitted judged = judged(chosen, early, input, output, new Parts(parts, items));
      assertThat(judged.lags().logs()).as("seed %d", seed).isEqualTo(expected.lags().logs());
      assertThat(judged.lags().scale()).as("seed %d", seed).isEqualTo(expected.lags().scale());
      assertThat(judged.transitions()).as("seed %d", seed).isEqualTo(expected.transitions());
    }
  }

  private static Fitted judged(
      List<Sequence> chosen, int[][] early, float[][] input, float[][] output, Parts parts) {
    HistoryJudge judge = new HistoryJudge(chosen, output.length, SIZE, 5);
    assertThat(judge.items()).isSorted().doesNotHaveDuplicates();
    judge.with(some(input, judge.items()), some(output, judge.items()));
    Lags lags = Lags.even(0);
    try (Workers one = new Workers(1)) {
      Halves halves = judge.halves(one);
      if (halves.likely()) {
        lags = judge.lags(halves, counts(judge.queries(halves), output, parts).iterator());
      }
      ItemTable table = Transitions.of(early, output.length, one);
      Map<Integer, Greatest> rows = new HashMap<>();
      for (int item : judge.lastItems()) {
        rows.put(item, new Greatest(table.columns(item), table.values(item)));
      }
      judge.with(rows);
    }
    return new Fitted(
        lags, judge.factor(lags, counts(judge.queries(lags), output, parts).iterator()));
  }

  private static List<RankCounts> counts(Stream<RankQuery> queries, float[][] output, Parts parts) {
    List<RankCounts> counts = new ArrayList<>();
    queries.forEach(
        query -> {
          for (int part = 0; part < parts.count(); part++) {
            int own = part;
            float[][] rows =
                IntStream.range(0, parts.rows(part))
                    .mapToObj(row -> output[parts.item(own, row)])
                    .toArray(float[][]::new);
            counts.add(RankCounts.of(query.ofPart(parts, part), rows, parts, part));
          }
        });
    Collections.shuffle(counts, new Random(1));
    return counts;
  }

  private static float[][] some(float[][] all, int[] items) {
    return IntStream.of(items).mapToObj(item -> all[item]).toArray(float[][]::new);
  }

  /** Items of one place on a ring are alike; some are exactly so, and tie. */
  private float[][] ring(int items) {
    float[][] vectors = new float[items][SIZE];
    for (int item = 0; item < items; item++) {
      double angle = 2 * Math.PI * (item % PLACES) / PLACES;
      vectors[item][0] = (float) (2 * Math.cos(angle));
      vectors[item][1] = (float) (2 * Math.sin(angle));
      for (int d = 2; d < SIZE && item % 3 > 0; d++) {
        vectors[item][d] = (float) (0.1 * random.nextGaussian());
      }
    }
    return vectors;
  }

  /** From a place to one of the next two. */
  private int[][] walks(int items) {
    int[][] walks = new int[400][];
    for (int user = 0; user < walks.length; user++) {
      int place = random.nextInt(PLACES);
      List<Integer> walk = new ArrayList<>();
      for (int step = 0; step < 14; step++) {
        place = (place + 1 + random.nextInt(2)) % PLACES;
        int alike = (items - place + PLACES - 1) / PLACES;
        int item = place + PLACES * random.nextInt(Math.min(alike, 1 + step % 3));
        if (!walk.contains(item)) {
          walk.add(item);
        }
      }
      walks[user] = walk.stream().mapToInt(Integer::intValue).toArray();
    }
    return walks;
  }
}
