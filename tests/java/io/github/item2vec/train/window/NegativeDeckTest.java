package io.github.item2vec.train.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NegativeDeckTest {
  private static final double[] SHARES = {0.6, 0.2, 0.15, 0.04, 0.01};
  private static final int CARDS = 4 * SHARES.length;

  @Test
  void everyDeckHasEachRowAsOftenAsExpectedRoundedUpOrDown() {
    NegativeDeck deck = new NegativeDeck(SHARES);
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 1000; round++) {
      int[] dealt = dealt(deck, random, CARDS);
      for (int row = 0; row < SHARES.length; row++) {
        double expected = SHARES[row] * CARDS;
        assertThat(dealt[row])
            .as("deck %d row %d", round, row)
            .isBetween((int) Math.floor(expected - 1e-9), (int) Math.ceil(expected + 1e-9));
      }
    }
  }

  @Test
  void manyDecksAreInProportion() {
    int decks = 20_000;
    int[] dealt = dealt(new NegativeDeck(SHARES), new SplittableRandom(2), decks * CARDS);
    for (int row = 0; row < SHARES.length; row++) {
      double part = SHARES[row] * CARDS % 1; // 0 or 1 card more in each deck
      double fiveSigma = 5 * Math.sqrt(part * (1 - part) / decks) + 1e-9;
      assertThat((double) dealt[row] / decks)
          .as("row %d", row)
          .isCloseTo(SHARES[row] * CARDS, within(fiveSigma));
    }
  }

  @Test
  void theFirstCardIsADrawByTheShares() {
    int draws = 100_000;
    SplittableRandom random = new SplittableRandom(3);
    double[] first = new double[SHARES.length];
    for (int i = 0; i < draws; i++) {
      first[draw(new NegativeDeck(SHARES), random)]++;
    }
    for (int row = 0; row < SHARES.length; row++) {
      double fiveSigma = 5 * Math.sqrt(SHARES[row] * (1 - SHARES[row]) / draws);
      assertThat(first[row] / draws).as("row %d", row).isCloseTo(SHARES[row], within(fiveSigma));
    }
  }

  @Test
  void decksAreDealtInDifferentOrders() {
    double[] equal = new double[6];
    Arrays.fill(equal, 1.0 / 6);
    NegativeDeck deck = new NegativeDeck(equal);
    SplittableRandom random = new SplittableRandom(4);
    Set<String> orders = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      StringBuilder order = new StringBuilder();
      for (int i = 0; i < 24; i++) {
        order.append(draw(deck, random));
      }
      orders.add(order.toString());
    }
    assertThat(orders).hasSize(100);
  }

  @Test
  void roundingAndVanishedSharesLeaveWholeDecks() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      double[] shares = random.doubles(2 + random.nextInt(50)).toArray();
      shares[random.nextInt(shares.length)] = 0;
      double sum = Arrays.stream(shares).sum();
      double[] scaled = Arrays.stream(shares).map(share -> share / sum).toArray();
      int[] dealt = dealt(new NegativeDeck(scaled), new SplittableRandom(round), 200);
      for (int row = 0; row < scaled.length; row++) {
        if (scaled[row] == 0) {
          assertThat(dealt[row]).as("seed %d round %d row %d", seed, round, row).isZero();
        }
      }
    }
    assertThat(draw(new NegativeDeck(new double[] {1}), new SplittableRandom(5))).isZero();
  }

  @Test
  void manyAtOnceAreTheSameAsOneByOne() {
    Random random = new Random(6);
    NegativeDeck one = new NegativeDeck(SHARES);
    NegativeDeck many = new NegativeDeck(SHARES);
    for (int round = 0; round < 200; round++) {
      int from = random.nextInt(3);
      int to = from + random.nextInt(3 * CARDS);
      int[] rows = new int[to + 2];
      Arrays.fill(rows, -1);
      int[] expected = rows.clone();
      SplittableRandom draws = new SplittableRandom(round);
      for (int i = from; i < to; i++) {
        expected[i] = draw(one, draws);
      }
      many.draw(new SplittableRandom(round), rows, from, to);
      assertThat(rows).isEqualTo(expected);
    }
  }

  private static int draw(NegativeDeck deck, SplittableRandom random) {
    int[] row = new int[1];
    deck.draw(random, row, 0, 1);
    return row[0];
  }

  private static int[] dealt(NegativeDeck deck, SplittableRandom random, int count) {
    int[] dealt = new int[100];
    for (int i = 0; i < count; i++) {
      dealt[draw(deck, random)]++;
    }
    return dealt;
  }
}
