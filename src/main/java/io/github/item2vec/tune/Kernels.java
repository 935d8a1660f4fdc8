package io.github.item2vec.tune;

import java.util.SplittableRandom;

/**
 * The kernels of one parameter: one an observation, in their order, and last that of the prior.
 * Values are internal ones, see {@link Dimension}.
 */
interface Kernels {
  /** Log of a kernel's density, or of its mass when the values are on a grid. */
  double logDensity(int kernel, double value);

  /** A value from one kernel. */
  double draw(int kernel, SplittableRandom random);

  static Kernels of(Dimension dimension, double[] observations) {
    return dimension instanceof NumberDimension numbers
        ? NormalKernels.of(numbers, observations)
        : new ChoiceKernels(((ChoiceDimension) dimension).choices().size(), observations);
  }
}
