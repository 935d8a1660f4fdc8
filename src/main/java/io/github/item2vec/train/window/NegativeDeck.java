package io.github.item2vec.train.window;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Deals negatives like cards: a deck holds each row as often as its weight says, rounded up or down
 * at random (systematic sampling: Madow and Madow 1944, "On the Theory of Systematic Sampling, I"),
 * and is dealt out in random order before the next is laid. What a step expects is the same as from
 * independent draws; over some steps the rows get their turns much more evenly, and that noise is
 * gone from the gradients.
 */
final class NegativeDeck {
  /**
   * Cards for each row on average: fewer spread a row's turns more evenly, more are nearer to
   * independent draws. Chosen on validation items, see BENCHMARKS.md.
   */
  private static final int CARDS_A_ROW = 4;

  private final double[] shares;
  private final int[] cards;
  private int left;

  /**
   * @param shares of each row, with the sum 1
   */
  NegativeDeck(double[] shares) {
    this.shares = shares;
    this.cards = new int[CARDS_A_ROW * shares.length];
  }

  /** Puts drawn rows at {@code from} to {@code to} - 1, in the order of the draws. */
  void draw(SplittableRandom random, int[] rows, int from, int to) {
    int at = from;
    while (at < to) {
      if (left == 0) {
        lay(random.nextDouble());
      }
      int stay = Math.max(0, left - (to - at));
      for (; left > stay; left--) {
        int place = (int) (((random.nextLong() >>> 32) * left) >>> 32);
        rows[at++] = cards[place];
        cards[place] = cards[left - 1];
      }
    }
  }

  /**
   * Lays a card wherever one of the points {@code start}, {@code start} + 1, ... falls into a row's
   * stretch of the line.
   */
  private void lay(double start) {
    Arrays.fill(cards, 0);
    double end = 0;
    for (int row = 0; row < shares.length; row++) {
      int first = (int) Math.ceil(end - start);
      if (first < cards.length) {
        cards[first] = row; // in place of the rows before it that have no point
      }
      end += shares[row] * cards.length;
    }
    int row = 0;
    for (int card = 0; card < cards.length; card++) {
      row = Math.max(row, cards[card]);
      cards[card] = row;
    }
    left = cards.length;
  }
}
