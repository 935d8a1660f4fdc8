package io.github.item2vec.train.basket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.math.RowMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidenceTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /**
   * Numbers of items of one, two and three digits of a counting sort, and the largest there are.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 2048, 5_000, 5_000_000, Integer.MAX_VALUE})
  void entriesAreByItemThenByBasket(int items) {
    List<Basket> batch = new ArrayList<>();
    for (int b = 0; b < 64; b++) {
      Basket basket = new Basket(RowMath.LANES, random.nextBoolean() ? 0.2 : 0);
      basket.deal(
          random.ints(1 + random.nextInt(9), 0, items).distinct().toArray(),
          0.5,
          new SplittableRandom(random.nextLong()));
      batch.add(basket);
    }
    for (boolean contexts : new boolean[] {true, false}) {
      Incidence incidence = contexts ? Incidence.ofContexts(batch) : Incidence.ofPositives(batch);
      List<String> literal = new ArrayList<>();
      int[] held =
          IntStream.range(0, 64)
              .flatMap(
                  b ->
                      IntStream.range(from(batch, b, contexts), to(batch, b, contexts))
                          .map(i -> batch.get(b).items[i]))
              .sorted()
              .distinct()
              .toArray();
      for (int item : held) {
        for (int b = 0; b < 64; b++) {
          for (int i = from(batch, b, contexts); i < to(batch, b, contexts); i++) {
            if (batch.get(b).items[i] == item) {
              literal.add(item + " " + b + " " + (i - from(batch, b, contexts)));
            }
          }
        }
      }
      List<String> fast = new ArrayList<>();
      for (int item : incidence.items()) {
        incidence.forEach(
            item,
            entry -> fast.add(item + " " + incidence.basket(entry) + " " + incidence.place(entry)));
      }
      assertThat(incidence.items()).as("seed %d", seed).isEqualTo(held);
      assertThat(fast).as("seed %d", seed).isEqualTo(literal);
    }
  }

  private static int from(List<Basket> batch, int b, boolean contexts) {
    return contexts ? 0 : batch.get(b).firstPositive();
  }

  private static int to(List<Basket> batch, int b, boolean contexts) {
    return contexts ? batch.get(b).contexts : batch.get(b).items.length;
  }
}
