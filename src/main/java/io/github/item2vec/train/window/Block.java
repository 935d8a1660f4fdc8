package io.github.item2vec.train.window;

import io.github.item2vec.math.RowMath;
import java.util.SplittableRandom;

/** What one thread trains alone: the input rows of one part and the output rows of another. */
final class Block {
  private final float[][] input;
  private final float[][] output;
  private final NegativeDeck deck;
  private final double negative;

  /**
   * @param input by row, padded as {@link RowMath} wants it
   * @param output likewise
   * @param deck deals rows of the output part
   * @param negative see {@link #negative()}
   */
  Block(float[][] input, float[][] output, NegativeDeck deck, double negative) {
    this.input = input;
    this.output = output;
    this.deck = deck;
    this.negative = negative;
  }

  float[][] input() {
    return input;
  }

  float[][] output() {
    return output;
  }

  /** Puts rows of negatives at {@code from} to {@code to} - 1. */
  void draw(SplittableRandom random, int[] rows, int from, int to) {
    deck.draw(random, rows, from, to);
  }

  /** Negatives that a target expects, see {@link PartNegatives}. */
  double negative() {
    return negative;
  }
}
