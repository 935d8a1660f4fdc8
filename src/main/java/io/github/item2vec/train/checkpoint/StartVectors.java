package io.github.item2vec.train.checkpoint;

import io.github.item2vec.math.IntList;
import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.model.LocalVectors;
import io.github.item2vec.train.model.Vocabulary;
import java.io.Serializable;
import java.util.Arrays;

/** The vectors of an earlier model for the items that a training shares with it. Broadcast. */
public final class StartVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] items;
  private final float[][] input;
  private final float[][] output;

  private StartVectors(int[] items, float[][] input, float[][] output) {
    this.items = items;
    this.input = input;
    this.output = output;
  }

  /**
   * The vectors of an earlier model for the items of {@code vocabulary}.
   *
   * @param known the earlier model's items, by the rows of {@code vectors}
   */
  public static StartVectors of(Vocabulary known, LocalVectors vectors, Vocabulary vocabulary) {
    IntList items = new IntList();
    IntList rows = new IntList();
    for (int item = 0; item < vocabulary.size(); item++) {
      int row = known.indexOf(vocabulary.item(item));
      if (row >= 0) {
        items.add(item);
        rows.add(row);
      }
    }
    float[][] input = new float[rows.size()][];
    float[][] output = new float[rows.size()][];
    for (int i = 0; i < input.length; i++) {
      input[i] = vectors.input().floats(rows.get(i));
      output[i] = vectors.output().floats(rows.get(i));
    }
    return new StartVectors(items.toArray(), input, output);
  }

  int size() {
    return items.length;
  }

  /** Index in this training. */
  int item(int i) {
    return items[i];
  }

  /** Without padding. */
  float[] input(int i) {
    return input[i];
  }

  /** Without padding. */
  float[] output(int i) {
    return output[i];
  }

  /** Equal for equal items and vectors. */
  long digest() {
    return Mixing.mix(
        Mixing.mix(Arrays.hashCode(items), Arrays.deepHashCode(input)),
        Arrays.deepHashCode(output));
  }
}
