package io.github.item2vec.train.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tables next to literal ones. */
class TablesTest {
  private static final int ITEMS = 40;

  private final long seed = System.nanoTime();

  private int[][] sequences() {
    System.out.println("TablesTest seed " + seed);
    Random random = new Random(seed);
    return IntStream.range(0, 200)
        .mapToObj(
            i ->
                random
                    .ints(0, ITEMS)
                    .map(item -> item * item / ITEMS)
                    .distinct()
                    .limit(2 + random.nextInt(12))
                    .toArray())
        .toArray(int[][]::new);
  }

  private static double[][] dense(ItemTable table) {
    double[][] dense = new double[table.items()][table.items()];
    for (int item = 0; item < table.items(); item++) {
      for (int entry = table.start(item); entry < table.start(item + 1); entry++) {
        dense[item][table.column(entry)] = table.value(entry);
      }
    }
    return dense;
  }

  @Test
  void transitionsAreThoseOfTheFormula() {
    int[][] sequences = sequences();
    double[][] counts = new double[ITEMS][ITEMS];
    for (int[] sequence : sequences) {
      for (int s = 0; s < sequence.length; s++) {
        for (int t = s + 1; t < sequence.length && t - s <= 3; t++) {
          counts[sequence[s]][sequence[t]] += 1.0 / (t - s);
        }
      }
    }
    double[] columns = new double[ITEMS];
    Arrays.fill(columns, 3);
    for (double[] row : counts) {
      Arrays.setAll(columns, j -> columns[j] + row[j]);
    }
    double whole = Arrays.stream(columns).sum();
    double[][] table;
    try (Workers workers = new Workers(2)) {
      table = dense(Transitions.of(sequences, ITEMS, workers));
    }
    for (int i = 0; i < ITEMS; i++) {
      double row = Arrays.stream(counts[i]).sum();
      for (int j = 0; j < ITEMS; j++) {
        double q = whole / (columns[j] * ITEMS);
        double expected = Math.log(1 + 500 * counts[i][j] / (row + 15) * Math.sqrt(q));
        assertThat(table[i][j]).as("seed %d: %d, %d", seed, i, j).isEqualTo(expected, within(1e-6));
      }
    }
  }

  /** With fewer items than neighbours each column is a whole ridge regression. */
  @Test
  void neighboursSolveTheirRidgeRegression() {
    int[][] sequences = sequences();
    double[][] gram = new double[ITEMS][ITEMS];
    for (int[] sequence : sequences) {
      for (int a : sequence) {
        for (int b : sequence) {
          gram[a][b]++;
        }
      }
    }
    double[][] table;
    try (Workers workers = new Workers(2)) {
      table = dense(Neighbours.of(sequences, ITEMS, workers));
    }
    for (int j = 0; j < ITEMS; j++) {
      for (int a = 0; a < ITEMS; a++) {
        if (a == j || gram[a][j] == 0) {
          assertThat(table[a][j]).isZero();
          continue;
        }
        double left = Neighbours.PENALTY * table[a][j];
        for (int b = 0; b < ITEMS; b++) {
          left += b == j ? 0 : gram[a][b] * table[b][j];
        }
        assertThat(left).as("seed %d: %d, %d", seed, a, j).isEqualTo(gram[a][j], within(1e-3));
      }
    }
  }

  @Test
  void onlyTheGreatestAreKeptAndTiesGoToTheLowerItem() {
    Greatest best = Greatest.of(new int[] {2, 5, 7, 9}, new float[] {1, 3, 1, 2}, 3);
    assertThat(best.items()).containsExactly(2, 5, 9);
    assertThat(best.values()).containsExactly(1, 3, 2);
  }

  @Test
  void moreThreadsChangeNothing() {
    int[][] sequences = sequences();
    try (Workers one = new Workers(1);
        Workers four = new Workers(4)) {
      assertThat(dense(Transitions.of(sequences, ITEMS, four)))
          .isDeepEqualTo(dense(Transitions.of(sequences, ITEMS, one)));
      assertThat(dense(Neighbours.of(sequences, ITEMS, four)))
          .isDeepEqualTo(dense(Neighbours.of(sequences, ITEMS, one)));
    }
  }

  @Test
  void aSampleOfTheSequencesIsBoundedByItsPairs() {
    int[][] sequences = {{1, 2, 3}, {1, 2}, {4, 5, 6, 7}};
    assertThat(Arrays.stream(sequences)).allMatch(PairSample.of(sequences, 29)::chooses);
    for (int most = 0; most < 29; most++) {
      PairSample sample = PairSample.of(sequences, most);
      int[][] some = Arrays.stream(sequences).filter(sample::chooses).toArray(int[][]::new);
      long pairs = Arrays.stream(some).mapToLong(PairSample::pairs).sum();
      assertThat(pairs <= most || some.length == 1).as("%d pairs", most).isTrue();
      assertThat(some).isNotEmpty();
    }
  }
}
