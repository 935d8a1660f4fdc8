package io.github.item2vec.train.epoch;

import io.github.item2vec.math.RowMath;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Vectors before the first epoch, by part and row, padded with zeros as {@link RowMath} wants. */
public final class InitialVectors {
  private InitialVectors() {}

  /** gensim 4.4.0's: uniform in [-1, 1) / vectorSize. Each item has random numbers of its own. */
  public static float[][][] input(Parts parts, TrainingSettings settings) {
    float[][][] vectors = zeros(parts, settings);
    for (int part = 0; part < parts.count(); part++) {
      fillInput(parts, part, settings, vectors[part]);
    }
    return vectors;
  }

  /** The input rows of one part. */
  public static void fillInput(Parts parts, int part, TrainingSettings settings, float[][] rows) {
    for (int row = 0; row < rows.length; row++) {
      long seed = settings.seed(-1, parts.item(part, row));
      fill(rows[row], settings.vectorSize(), seed, u -> u / settings.vectorSize());
    }
  }

  /** The first {@code size} values: uniform in [-1, 1), scaled. */
  public static void fill(float[] vector, int size, long seed, DoubleUnaryOperator scale) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int d = 0; d < size; d++) {
      vector[d] = (float) scale.applyAsDouble(random.nextDouble() * 2 - 1);
    }
  }

  public static float[][][] zeros(Parts parts, TrainingSettings settings) {
    float[][][] vectors = new float[parts.count()][][];
    for (int part = 0; part < parts.count(); part++) {
      vectors[part] = new float[parts.rows(part)][RowMath.padded(settings.vectorSize())];
    }
    return vectors;
  }
}
