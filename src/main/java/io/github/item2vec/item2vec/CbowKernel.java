package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Stochastic gradient steps of CBOW with negative sampling, as gensim 4.4.0 with cbow_mean = 1: the
 * mean of a window predicts its target, and the whole error goes to each context.
 */
final class CbowKernel implements BlockKernel {
  private final RowMath math;
  private final float[] mean;
  private final float[] error;
  private final LogLikelihood likelihood = new LogLikelihood();
  private float[][] outputs = new float[0][];
  private float[] products = new float[0];

  CbowKernel(RowMath math, int paddedSize) {
    this.math = math;
    this.mean = new float[paddedSize];
    this.error = new float[paddedSize];
  }

  @Override
  public double train(Block block, IntList windows, float stepSize, SplittableRandom random) {
    int at = 0;
    while (at < windows.size()) {
      int end = at + 2 + windows.get(at + 1);
      mean(block, windows, at + 2, end);
      step(block, windows.get(at), stepSize, random);
      for (int i = at + 2; i < end; i++) {
        math.add(1, error, block.input()[windows.get(i)]);
      }
      at = end;
    }
    return -likelihood.take();
  }

  private void mean(Block block, IntList windows, int from, int to) {
    Arrays.fill(mean, 0);
    for (int i = from; i < to; i++) {
      math.add(1, block.input()[windows.get(i)], mean);
    }
    float share = 1f / (to - from);
    for (int d = 0; d < mean.length; d++) {
      mean[d] *= share;
    }
  }

  /** Moves the output rows, leaves the mean's part in {@code error}. */
  private void step(Block block, int target, float stepSize, SplittableRandom random) {
    int outputCount = 1 + (int) Math.round(block.negative()); // one part: a whole number
    if (outputCount > outputs.length) {
      outputs = new float[outputCount][];
      products = new float[outputCount];
    }
    outputs[0] = block.output()[target];
    int used = 1;
    for (int j = 1; j < outputCount; j++) {
      int row = block.draw(random);
      if (row != target) {
        outputs[used++] = block.output()[row];
      }
    }
    math.dots(mean, outputs, 0, used, products, 0);
    for (int j = 0; j < used; j++) {
      float sigmoid = Logistic.sigmoid(products[j]);
      likelihood.add(j == 0 ? sigmoid : 1 - sigmoid);
      products[j] = Logistic.step(j == 0 ? 1 : 0, products[j], sigmoid, stepSize);
    }
    Arrays.fill(error, 0);
    math.addAll(products, 0, 1, outputs, 0, used, error);
    for (int j = 0; j < used; j++) {
      math.add(products[j], mean, outputs[j]);
    }
  }
}
