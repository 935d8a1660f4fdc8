package io.github.item2vec.item2vec;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Vectors of an earlier model for the items that it knows, by their indices in this training. Used
 * in tasks.
 *
 * @param vectors null for a training that starts anew
 */
record WarmStart(Broadcast<Vectors> vectors) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Known items and their vectors.
   *
   * @param items indices in this training, rising
   * @param input a row an item, without padding
   * @param output likewise
   */
  record Vectors(int[] items, float[][] input, float[][] output) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The vectors of {@code model} for the items of {@code vocabulary}. */
    static Vectors of(Item2VecModel model, Vocabulary vocabulary) {
      IntList items = new IntList();
      IntList rows = new IntList();
      for (int item = 0; item < vocabulary.size(); item++) {
        int row = model.vocabulary().indexOf(vocabulary.item(item));
        if (row >= 0) {
          items.add(item);
          rows.add(row);
        }
      }
      float[][] input = new float[rows.size()][];
      float[][] output = new float[rows.size()][];
      for (int i = 0; i < input.length; i++) {
        input[i] = model.vectors().local().input().floats(rows.get(i));
        output[i] = model.vectors().local().output().floats(rows.get(i));
      }
      return new Vectors(items.toArray(), input, output);
    }
  }

  static WarmStart none() {
    return new WarmStart(null);
  }

  void apply(EpochTrainer trainer) {
    if (vectors != null) {
      Vectors known = vectors.value();
      for (int i = 0; i < known.items().length; i++) {
        set(known.input()[i], trainer.input(known.items()[i]));
        set(known.output()[i], trainer.output(known.items()[i]));
      }
    }
  }

  /** The rows of one part. */
  void apply(Parts parts, int part, float[][] input, float[][] output) {
    if (vectors != null) {
      Vectors known = vectors.value();
      for (int i = 0; i < known.items().length; i++) {
        if (parts.part(known.items()[i]) == part) {
          set(known.input()[i], input[parts.row(known.items()[i])]);
          set(known.output()[i], output[parts.row(known.items()[i])]);
        }
      }
    }
  }

  private static void set(float[] vector, float[] row) {
    System.arraycopy(vector, 0, row, 0, vector.length);
  }
}
