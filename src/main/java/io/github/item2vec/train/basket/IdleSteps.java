package io.github.item2vec.train.basket;

import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;

/**
 * Adam for rows of which each batch reads a few and moves all: moments and penalty move a row
 * without a gradient too. Such steps wait until a batch reads the row, and are then taken one after
 * the other while it is in the cache. The bits are those of all rows moved at each step; what is
 * saved is most of the passes over the memory of rows and moments.
 *
 * <p>A row may be told by any one thread; {@link #begin} and {@link #finish} by none next to it.
 */
final class IdleSteps implements RowUpdate {
  private final Adam adam;
  private final float[] noGradient;

  /** By row, how many of the steps begun since {@link #finish} it has taken. */
  private final int[] taken;

  private float[] stepSizes = new float[16];
  private int steps;

  IdleSteps(Adam adam) {
    this.adam = adam;
    this.noGradient = new float[adam.rows()[0].length];
    this.taken = new int[adam.rows().length];
  }

  /**
   * Begins a step of all rows.
   *
   * @param stepSize as {@link Adam#corrected} gives it
   */
  void begin(float stepSize) {
    if (steps == stepSizes.length) {
      stepSizes = Arrays.copyOf(stepSizes, 2 * steps);
    }
    stepSizes[steps++] = stepSize;
  }

  /** Takes a row's steps before the one begun last. */
  @Override
  public void before(int row) {
    catchUp(row, steps - 1);
  }

  /** Takes a row's part in the step begun last. */
  @Override
  public void row(int row, float[] gradient, int at) {
    adam.update(row, gradient, at, stepSizes[steps - 1]);
    taken[row] = steps;
  }

  private void catchUp(int row, int to) {
    for (; taken[row] < to; taken[row]++) {
      adam.update(row, noGradient, 0, stepSizes[taken[row]]);
    }
  }

  /** Takes all steps that wait. */
  void finish(Workers workers) {
    workers.ranges(
        taken.length,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            catchUp(row, steps);
          }
        });
    steps = 0;
    Arrays.fill(taken, 0);
  }
}
