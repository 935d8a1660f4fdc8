package io.github.item2vec.train.window;

import io.github.item2vec.math.CbowMath;
import io.github.item2vec.math.IntList;
import io.github.item2vec.math.LogLikelihood;
import io.github.item2vec.math.RowMath;
import java.util.SplittableRandom;

/**
 * Stochastic gradient steps of CBOW with negative sampling, as gensim 4.4.0 with cbow_mean = 1: the
 * mean of a window predicts its target, and the whole error goes to each context. A negative equal
 * to the target is skipped and not drawn again.
 */
final class CbowKernel implements BlockKernel {
  private static final int WIDTH = RowMath.WIDTH;

  private final RowMath math;
  private final CbowMath rows;
  private final float[] mean;
  private final float[] error;
  private final float[] likelihoods = new float[WIDTH];
  private final LogLikelihood likelihood = new LogLikelihood();

  /** Rows of the output part: the step's target, then its negatives, then any to a full line. */
  private int[] outputs = {};

  /** Of the mean and the outputs; then the gradients by them. */
  private float[] products = {};

  /** By row, a mark of the step that drew it last; marks rise. */
  private long[] marks = {};

  private long mark = 1;

  CbowKernel(RowMath math, CbowMath rows, int paddedSize) {
    this.math = math;
    this.rows = rows;
    this.mean = new float[paddedSize];
    this.error = new float[paddedSize];
  }

  @Override
  public double train(Block block, IntList windows, float stepSize, SplittableRandom random) {
    int negatives = (int) Math.round(block.negative()); // one part: a whole number
    if (outputs.length < 1 + negatives) {
      int padded = (1 + negatives + WIDTH - 1) / WIDTH * WIDTH;
      outputs = new int[padded];
      products = new float[padded];
    }
    if (marks.length < block.output().length) {
      marks = new long[block.output().length];
    }
    int at = 0;
    while (at < windows.size()) {
      int from = at + 2;
      int to = from + windows.get(at + 1);
      rows.mean(block.input(), windows, from, to, mean);
      outputs[0] = windows.get(at);
      predict(block, negatives, stepSize, random);
      rows.addTo(block.input(), windows, from, to, error);
      at = to;
    }
    return -likelihood.take();
  }

  /** Moves the output rows, leaves the mean's part in {@code error}. */
  private void predict(Block block, int negatives, float stepSize, SplittableRandom random) {
    block.draw(random, outputs, 1, 1 + negatives);
    int count = 1;
    boolean repeats = false;
    for (int j = 1; j <= negatives; j++) {
      int row = outputs[j];
      if (row != outputs[0]) {
        repeats |= marks[row] == mark;
        marks[row] = mark;
        outputs[count++] = row;
      }
    }
    mark++;
    int padded = (count + WIDTH - 1) / WIDTH * WIDTH;
    rows.products(mean, block.output(), outputs, (count + 3) / 4 * 4, products);
    for (int r = count; r < padded; r++) {
      products[r] = RowMath.NO_PAIR;
    }
    products[0] = -products[0]; // log sigmoid(x) is log(1 - sigmoid(-x))
    for (int line = 0; line < padded / WIDTH; line += WIDTH) {
      math.misses(products, line, Math.min(WIDTH, padded / WIDTH - line), stepSize, likelihoods);
      likelihood.add(likelihoods);
    }
    products[0] = -products[0];
    rows.exchange(
        products, block.output(), outputs, repeats ? mergeRepeats(count) : count, mean, error);
  }

  /** An output that was drawn twice moves once, by the sum of its gradients. */
  private int mergeRepeats(int count) {
    int left = 1;
    for (int r = 1; r < count; r++) {
      int row = outputs[r];
      if (marks[row] < mark) {
        marks[row] = mark + left;
        outputs[left] = row;
        products[left++] = products[r];
      } else {
        products[(int) (marks[row] - mark)] += products[r];
      }
    }
    mark += count;
    return left;
  }
}
