package io.github.item2vec.train.window;

import io.github.item2vec.math.IntList;
import io.github.item2vec.math.LogLikelihood;
import io.github.item2vec.math.PanelMath;
import io.github.item2vec.math.RowMath;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Stochastic gradient steps of skip-gram with negative sampling (Mikolov et al. 2013, "Distributed
 * Representations", equation 4) on one block: input rows of one part, output rows of another.
 *
 * <p>{@link RowMath#WIDTH} pairs of context and target are one step, in the order of the windows
 * and wherever these end: they share their negatives and see the same vectors, which turns the step
 * into three small matrix products (Ji et al. 2016, "Parallelizing Word2Vec in Shared and
 * Distributed Memory", section 3). A step draws half of {@code negative}, each with a greater
 * weight, so that the expectation of the gradient is word2vec's; the even turns of a {@link
 * NegativeDeck} make up for the fewer draws. gensim 4.4.0's rules hold: a negative equal to the
 * target is skipped and not drawn again, a product beyond +-6 teaches nothing.
 */
final class SkipGramKernel implements BlockKernel {
  private static final int FEWEST_NEGATIVES = 4;

  /** With 16 a step is a little faster, but large steps overshoot in small vocabularies. */
  private static final int WIDTH = RowMath.WIDTH;

  /** A matrix of so many floats, 512 KiB, is at home in the caches near a core. */
  private static final int CACHED_FLOATS = 1 << 17;

  private final RowMath math;
  private final PanelMath panels;

  /** Rows of the input part. */
  private final int[] contexts = new int[WIDTH];

  private final int[] starts = new int[WIDTH + 1];

  /** The contexts as they were before the step, as a panel. */
  private final float[] before;

  private final float[] errors;
  private final float[] likelihoods = new float[WIDTH];
  private final LogLikelihood ofTargets = new LogLikelihood();
  private final LogLikelihood ofNegatives = new LogLikelihood();

  /** Rows of the output part: the step's targets, then its negatives. */
  private int[] outputs = new int[WIDTH];

  /** The first output of the step with the same row. */
  private int[] firsts = new int[WIDTH];

  /** By row, the last output with it, counted over all steps from 1; and those before this step. */
  private long[] lastSeen = {};

  private long seen = 1;

  /** Of outputs and contexts, a line for each output; then the gradients by them. */
  private float[] products = new float[WIDTH * WIDTH];

  private int groups;

  /** Contexts of the next group that the step before has taken. */
  private int done;

  /** How much a negative counts. */
  private float weight;

  /** Whether the block's rows are too many for the caches. */
  private boolean touches;

  /** Nobody reads it: without it the reads of {@link #touch} would be optimised away. */
  float touched;

  SkipGramKernel(RowMath math, PanelMath panels, int paddedSize) {
    this.math = math;
    this.panels = panels;
    this.before = new float[WIDTH * paddedSize];
    this.errors = new float[WIDTH * paddedSize];
  }

  /**
   * Negatives that a step draws: half of what a target expects, whole numbers rounded up. The
   * quarter keeps those away from the edge, where their last bit would decide.
   */
  private static int negatives(double expected) {
    return (int) Math.max(FEWEST_NEGATIVES, Math.round(expected / 2 + 0.25));
  }

  @Override
  public double train(Block block, IntList windows, float stepSize, SplittableRandom random) {
    touches = (long) block.output().length * errors.length / WIDTH > CACHED_FLOATS;
    int negatives = negatives(block.negative());
    weight = (float) (block.negative() / negatives);
    int at = 0;
    while (at < windows.size()) {
      at = gather(windows, at);
      step(block, draw(block, negatives, random), stepSize);
    }
    return -ofTargets.take() - weight * ofNegatives.take();
  }

  /** Fills a step with the groups from {@code at} on; returns where the next step begins. */
  private int gather(IntList windows, int at) {
    groups = 0;
    int filled = 0;
    int next = at;
    while (next < windows.size() && filled < WIDTH) {
      outputs[groups] = windows.get(next);
      starts[groups++] = filled;
      int size = windows.get(next + 1);
      int taken = Math.min(size - done, WIDTH - filled);
      for (int i = 0; i < taken; i++) {
        contexts[filled++] = windows.get(next + 2 + done + i);
      }
      done += taken;
      if (done == size) {
        next += 2 + size;
        done = 0;
      }
    }
    starts[groups] = filled;
    return next;
  }

  /** Returns how many outputs the step has. */
  private int draw(Block block, int negatives, SplittableRandom random) {
    int count = groups + negatives;
    if (count > outputs.length) {
      outputs = Arrays.copyOf(outputs, count);
      firsts = new int[outputs.length];
      products = new float[outputs.length * WIDTH];
    }
    block.draw(random, outputs, groups, count);
    findRepeats(block.output().length, count);
    return count;
  }

  private void findRepeats(int blockRows, int count) {
    if (lastSeen.length < blockRows) {
      lastSeen = Arrays.copyOf(lastSeen, blockRows);
    }
    for (int r = 0; r < count; r++) {
      long last = lastSeen[outputs[r]];
      firsts[r] = last < seen ? r : (int) (last - seen);
      lastSeen[outputs[r]] = seen + firsts[r];
    }
    seen += count;
  }

  /**
   * Reads a value of each cache line of the rows: what is not in the caches is fetched at once, not
   * one row after another as the arithmetic comes to it.
   */
  private static float touch(float[][] matrix, int[] rows, int count) {
    float even = 0;
    float odd = 0;
    for (int r = 0; r < count; r++) {
      float[] row = matrix[rows[r]];
      for (int d = 0; d + 31 < row.length; d += 32) {
        even += row[d];
        odd += row[d + 16];
      }
    }
    return even + odd;
  }

  private void step(Block block, int count, float stepSize) {
    float[][] input = block.input();
    float[][] output = block.output();
    int filled = starts[groups];
    if (touches) {
      touched = touch(input, contexts, filled) + touch(output, outputs, count);
    }
    panels.pack(input, contexts, filled, before);
    panels.products(before, output, outputs, count, products);
    gradients(count, stepSize);
    panels.exchange(products, output, outputs, mergeRepeats(count), before, errors);
    for (int i = 0; i < filled; i++) {
      panels.addRow(errors, i, input[contexts[i]]);
    }
  }

  /**
   * Turns the products of all outputs into gradients times step size, in place. log sigmoid(x) is
   * log(1 - sigmoid(-x)): a target is a negative whose sign is turned before and after.
   */
  private void gradients(int count, float stepSize) {
    int filled = starts[groups];
    if (filled < WIDTH) {
      for (int r = groups; r < count; r++) {
        Arrays.fill(products, r * WIDTH + filled, (r + 1) * WIDTH, RowMath.NO_PAIR);
      }
    }
    for (int g = 0; g < groups; g++) {
      panels.turnPairs(products, g, starts[g], starts[g + 1]);
    }
    for (int r = groups; r < count; r++) {
      if (firsts[r] < groups) {
        skipHits(r);
      }
    }
    math.misses(products, 0, groups, -stepSize, likelihoods);
    ofTargets.add(likelihoods);
    for (int r = groups; r < count; r += WIDTH) {
      math.misses(products, r, Math.min(WIDTH, count - r), stepSize * weight, likelihoods);
      ofNegatives.add(likelihoods);
    }
  }

  /** Takes back the negative of row r for the groups whose target it is. */
  private void skipHits(int r) {
    for (int g = 0; g < groups; g++) {
      if (outputs[g] == outputs[r]) {
        Arrays.fill(products, r * WIDTH + starts[g], r * WIDTH + starts[g + 1], RowMath.NO_PAIR);
      }
    }
  }

  /**
   * An output that was drawn twice moves once, by the sum of its gradients. The last output takes
   * the place of the other.
   *
   * @return how many outputs are left
   */
  private int mergeRepeats(int count) {
    int left = count;
    for (int r = count - 1; r > 0; r--) {
      if (firsts[r] != r) {
        for (int i = 0; i < WIDTH; i++) {
          products[firsts[r] * WIDTH + i] += products[r * WIDTH + i];
        }
        left--;
        outputs[r] = outputs[left];
        System.arraycopy(products, left * WIDTH, products, r * WIDTH, WIDTH);
      }
    }
    return left;
  }
}
