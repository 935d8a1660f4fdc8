package io.github.item2vec.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is added tile by tile, next to {@link ProfileRule#additions}. */
class AdditionsTest {
  private static final int ITEMS = 1_000;
  private static final int SHIFT = 4;
  private static final int TILE = 1 << SHIFT;
  private static final int USERS = 12;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private ItemTable table(int perItem) {
    int[] starts = IntStream.rangeClosed(0, ITEMS).map(item -> item * perItem).toArray();
    int[] columns =
        IntStream.range(0, ITEMS)
            .flatMap(item -> random.ints(0, ITEMS).distinct().limit(perItem).sorted())
            .toArray();
    float[] values = new float[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new ItemTable(starts, columns, values);
  }

  private ProfileRule rule() {
    double[] weights = random.doubles(LagWeights.BUCKETS, 0.1, 3).toArray();
    return new ProfileRule(LagWeights.of(weights), 0, table(7), table(30));
  }

  private int[] context() {
    return random.ints(0, ITEMS).distinct().limit(random.nextInt(60)).toArray();
  }

  @Test
  void tileByTileTheSameIsAdded() {
    System.out.println("AdditionsTest seed " + seed);
    ProfileRule rule = rule();
    Additions additions = new Additions(SHIFT, USERS);
    for (int block = 0; block < 3; block++) { // used again for each
      additions.clear();
      int[][] contexts = IntStream.range(0, USERS).mapToObj(u -> context()).toArray(int[][]::new);
      for (int user = 0; user < USERS; user++) {
        boolean some = user > 0 && user % 4 != 0; // the first ones add nothing
        additions.add(some ? rule : ProfileRule.mean(ITEMS), contexts[user]);
      }
      for (int first = 0; first < ITEMS; first += TILE) {
        for (int user = 0; user < USERS; user++) {
          float[] scores = new float[3 + TILE];
          additions.addTo(user, first, scores, 3);
          double[] expected =
              user > 0 && user % 4 != 0 ? rule.additions(contexts[user]) : new double[ITEMS];
          for (int item = first; item < Math.min(ITEMS, first + TILE); item++) {
            assertThat((double) scores[3 + item - first])
                .as("seed %d, user %d, item %d", seed, user, item)
                .isEqualTo(expected[item], within(1e-4));
          }
        }
      }
    }
  }

  @Test
  void additionsAreBounded() {
    ProfileRule rule = rule();
    for (int i = 0; i < 50; i++) {
      int[] context = context();
      double bound = rule.largestAddition(context.length);
      double largest = Arrays.stream(rule.additions(context)).map(Math::abs).max().orElseThrow();
      assertThat(largest).as("seed %d", seed).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void manyEntriesAreEnoughForABlock() {
    ProfileRule rule = rule();
    int[] context = IntStream.range(0, ITEMS).toArray();
    Additions additions = new Additions(SHIFT, 1_000);
    int users = 0;
    while (!additions.enough()) {
      additions.add(rule, context);
      users++;
    }
    int perUser = 30 * ITEMS + 7 * ProfileRule.LAST;
    assertThat(users).isEqualTo(((1 << 22) + perUser - 1) / perUser);
    additions.clear();
    assertThat(additions.enough()).isFalse();
  }

  @Test
  void aTableInAnotherOrderHasTheSameEntries() {
    ItemTable table = table(9);
    int[] order = random.ints(0, ITEMS).distinct().limit(ITEMS).toArray();
    int[] there = new int[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      there[order[i]] = i;
    }
    ItemTable reordered = table.reordered(order);
    assertThat(reordered.size()).isEqualTo(table.size());
    for (int item = 0; item < ITEMS; item++) {
      int[] columns = table.columns(item);
      float[] values = table.values(item);
      float[] expected = new float[ITEMS];
      for (int i = 0; i < columns.length; i++) {
        expected[there[columns[i]]] = values[i];
      }
      float[] actual = new float[ITEMS];
      int[] rising = reordered.columns(there[item]);
      assertThat(rising).isSorted().doesNotHaveDuplicates();
      for (int i = 0; i < rising.length; i++) {
        actual[rising[i]] = reordered.values(there[item])[i];
      }
      assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
