package io.github.item2vec.train.onetask;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.TrainingSettings;
import java.util.Locale;

/** Whether a training in one task fits its executor's heap, said before the work begins. */
public final class TaskMemory {
  private static final int ROW_OVERHEAD = 24; // an array's header, and the reference to it

  private TaskMemory() {}

  /**
   * @param keepsBest whether early stopping holds a second copy of everything
   * @throws IllegalStateException when the matrices alone do not fit; names need and room
   */
  static void require(TrainingSettings settings, int items, boolean keepsBest) {
    Runtime heap = Runtime.getRuntime();
    require(settings, items, keepsBest, heap.maxMemory());
  }

  static void require(TrainingSettings settings, int items, boolean keepsBest, long heap) {
    long needed = bytes(settings, items) * (keepsBest ? 2 : 1);
    if (needed > heap) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "training %,d items x vectorSize %d in one task needs %,d MiB for its matrices, the"
                  + " executor's heap is %,d MiB: raise spark.executor.memory (locally"
                  + " spark.driver.memory), lower vectorSize, raise minCount%s",
              items,
              settings.vectorSize(),
              needed >> 20,
              heap >> 20,
              settings.architecture() == Architecture.CBOW
                  ? ""
                  : ", or set execution = distributed"));
    }
  }

  /** Of all matrices: input and output, for the basket model with Adam's two moments of both. */
  public static long bytes(TrainingSettings settings, int items) {
    int matrices = settings.architecture() == Architecture.BASKET ? 6 : 2;
    long row = (long) RowMath.padded(settings.vectorSize()) * Float.BYTES + ROW_OVERHEAD;
    return matrices * row * items;
  }
}
