package io.github.item2vec.train.window;

import io.github.item2vec.math.CbowMath;
import io.github.item2vec.math.IntList;
import io.github.item2vec.math.PanelMath;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Architecture;
import java.util.SplittableRandom;

/** Trains the windows of one block, on one thread. Keeps scratch arrays: one kernel a block. */
interface BlockKernel {
  /**
   * Goes through the groups of {@link WindowGroups} in order.
   *
   * @return the sum of the losses, in nats
   */
  double train(Block block, IntList windows, float stepSize, SplittableRandom random);

  /** The kernel of an architecture. */
  static BlockKernel of(Architecture architecture, int paddedSize) {
    return architecture == Architecture.CBOW
        ? new CbowKernel(RowMath.best(), CbowMath.best(), paddedSize)
        : new SkipGramKernel(RowMath.best(), PanelMath.best(), paddedSize);
  }
}
