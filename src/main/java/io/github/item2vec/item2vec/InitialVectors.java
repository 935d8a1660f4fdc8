package io.github.item2vec.item2vec;

import java.util.SplittableRandom;

/** Vectors before the first epoch, by part and row, padded with zeros as {@link RowMath} wants. */
final class InitialVectors {
  private InitialVectors() {}

  /** gensim 4.4.0's: uniform in [-1, 1) / vectorSize. Each item has random numbers of its own. */
  static float[][][] input(Parts parts, TrainingSettings settings) {
    float[][][] vectors = zeros(parts, settings);
    for (int part = 0; part < parts.count(); part++) {
      for (int row = 0; row < vectors[part].length; row++) {
        fill(vectors[part][row], parts.item(part, row), settings);
      }
    }
    return vectors;
  }

  static void fill(float[] vector, int item, TrainingSettings settings) {
    SplittableRandom random = new SplittableRandom(settings.seed(-1, item));
    for (int d = 0; d < settings.vectorSize(); d++) {
      vector[d] = (float) ((random.nextDouble() * 2 - 1) / settings.vectorSize());
    }
  }

  static float[][][] zeros(Parts parts, TrainingSettings settings) {
    float[][][] vectors = new float[parts.count()][][];
    for (int part = 0; part < parts.count(); part++) {
      vectors[part] = new float[parts.rows(part)][RowMath.padded(settings.vectorSize())];
    }
    return vectors;
  }
}
