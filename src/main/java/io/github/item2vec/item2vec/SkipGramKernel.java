package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Stochastic gradient steps of skip-gram with negative sampling (Mikolov et al. 2013, "Distributed
 * Representations", equation 4) on one block: input rows of one part, output rows of another.
 *
 * <p>Neighbouring groups of at most {@link WindowGroups#LARGEST_GROUP} contexts in all are one
 * step: they share their negatives and see the same vectors, which turns the step into three small
 * matrix products (Ji et al. 2016, "Parallelizing Word2Vec in Shared and Distributed Memory",
 * section 3). The expectation of the gradient is word2vec's. gensim 4.4.0's rules hold: a negative
 * equal to the target is skipped and not drawn again, a product beyond +-6 teaches nothing.
 */
final class SkipGramKernel implements BlockKernel {
  private final RowMath math;
  private final float[][] contexts = new float[WindowGroups.LARGEST_GROUP][];
  private final float[][] targets = new float[WindowGroups.LARGEST_GROUP][];
  private final int[] targetRows = new int[WindowGroups.LARGEST_GROUP];
  private final int[] starts = new int[WindowGroups.LARGEST_GROUP + 1];
  private final float[][] errors;
  private final float[] positive = new float[WindowGroups.LARGEST_GROUP];
  private final LogLikelihood likelihood = new LogLikelihood();
  private float[][] negatives = new float[0][];
  private int[] negativeRows = new int[0];
  private float[] products = new float[0];
  private int groups;

  SkipGramKernel(RowMath math, int paddedSize) {
    this.math = math;
    this.errors = new float[WindowGroups.LARGEST_GROUP][paddedSize];
  }

  @Override
  public double train(Block block, IntList windows, float stepSize, SplittableRandom random) {
    int at = 0;
    while (at < windows.size()) {
      at = gather(block, windows, at);
      int negative = draw(block, random);
      step(negative, stepSize);
    }
    return -likelihood.take();
  }

  /** The groups from {@code at} that fit one step; returns where the next begins. */
  private int gather(Block block, IntList windows, int at) {
    groups = 0;
    int filled = 0;
    int next = at;
    while (next < windows.size() && filled + windows.get(next + 1) <= contexts.length) {
      targetRows[groups] = windows.get(next);
      targets[groups] = block.output(windows.get(next));
      starts[groups++] = filled;
      int end = next + 2 + windows.get(next + 1);
      for (int i = next + 2; i < end; i++) {
        contexts[filled++] = block.input(windows.get(i));
      }
      next = end;
    }
    starts[groups] = filled;
    return next;
  }

  private int draw(Block block, SplittableRandom random) {
    int count = block.negatives(random);
    if (count > negatives.length) {
      negatives = new float[count][];
      negativeRows = new int[count];
      products = new float[count * contexts.length];
    }
    for (int j = 0; j < count; j++) {
      negativeRows[j] = block.draw(random);
      negatives[j] = block.output(negativeRows[j]);
    }
    return count;
  }

  private void step(int negative, float stepSize) {
    int count = starts[groups];
    for (int i = 0; i < count; i++) {
      math.dots(contexts[i], negatives, 0, negative, products, i * negative);
    }
    for (int g = 0; g < groups; g++) {
      int size = starts[g + 1] - starts[g];
      math.dots(targets[g], contexts, starts[g], size, positive, starts[g]);
      gradients(g, negative, stepSize);
      for (int i = starts[g]; i < starts[g + 1]; i++) {
        Arrays.fill(errors[i], 0);
        math.add(positive[i], targets[g], errors[i]);
        math.addAll(products, i * negative, 1, negatives, 0, negative, errors[i]);
      }
    }
    for (int g = 0; g < groups; g++) {
      int size = starts[g + 1] - starts[g];
      math.addAll(positive, starts[g], 1, contexts, starts[g], size, targets[g]);
    }
    for (int j = 0; j < negative; j++) {
      math.addAll(products, j, negative, contexts, 0, count, negatives[j]);
    }
    for (int i = 0; i < count; i++) {
      math.add(1, errors[i], contexts[i]);
    }
  }

  /** Turns the products of a group's contexts into gradients times step size, in place. */
  private void gradients(int group, int negative, float stepSize) {
    int target = targetRows[group];
    for (int i = starts[group]; i < starts[group + 1]; i++) {
      float hit = Logistic.sigmoid(positive[i]);
      likelihood.add(hit);
      positive[i] = Logistic.step(1, positive[i], hit, stepSize);
      int end = (i + 1) * negative;
      for (int at = i * negative, j = 0; at < end; at++, j++) {
        float miss = Logistic.sigmoid(products[at]);
        if (negativeRows[j] == target) {
          products[at] = 0;
        } else {
          likelihood.add(1 - miss);
          products[at] = Logistic.step(0, products[at], miss, stepSize);
        }
      }
    }
  }
}
