package io.github.item2vec.item2vec;

import java.util.SplittableRandom;

/** What one thread trains alone: the input rows of one part and the output rows of another. */
final class Block {
  /** An expectation this near to a whole number is one. */
  private static final double ROUNDING = 1e-9;

  private final float[][] input;
  private final float[][] output;
  private final NegativeSampler sampler;
  private final double negative;

  /**
   * @param input by row, padded as {@link RowMath} wants it
   * @param output likewise
   * @param sampler draws rows of the output part
   * @param negative negatives a step in expectation, see {@link PartSamplers}
   */
  Block(float[][] input, float[][] output, NegativeSampler sampler, double negative) {
    this.input = input;
    this.output = output;
    this.sampler = sampler;
    this.negative = negative;
  }

  float[] input(int row) {
    return input[row];
  }

  float[] output(int row) {
    return output[row];
  }

  int outputRows() {
    return output.length;
  }

  /** Row of a negative. */
  int draw(SplittableRandom random) {
    return sampler.draw(random);
  }

  double negative() {
    return negative;
  }

  /** Negatives of the next step: the expectation, rounded up with its fraction as probability. */
  int negatives(SplittableRandom random) {
    int floor = (int) (negative + ROUNDING);
    return negative > floor + ROUNDING && random.nextDouble() < negative - floor
        ? floor + 1
        : floor;
  }
}
