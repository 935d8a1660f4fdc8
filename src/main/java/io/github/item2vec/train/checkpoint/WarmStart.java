package io.github.item2vec.train.checkpoint;

import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Parts;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Vectors of an earlier model for the items that it knows, by their indices in this training. Used
 * in tasks.
 *
 * @param vectors null for a training that starts anew
 */
public record WarmStart(Broadcast<StartVectors> vectors) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static WarmStart none() {
    return new WarmStart(null);
  }

  public void apply(EpochTrainer trainer) {
    if (vectors != null) {
      StartVectors known = vectors.value();
      for (int i = 0; i < known.size(); i++) {
        set(known.input(i), trainer.input(known.item(i)));
        set(known.output(i), trainer.output(known.item(i)));
      }
    }
  }

  /** The rows of one part. */
  public void apply(Parts parts, int part, float[][] input, float[][] output) {
    if (vectors != null) {
      StartVectors known = vectors.value();
      for (int i = 0; i < known.size(); i++) {
        if (parts.part(known.item(i)) == part) {
          set(known.input(i), input[parts.row(known.item(i))]);
          set(known.output(i), output[parts.row(known.item(i))]);
        }
      }
    }
  }

  private static void set(float[] vector, float[] row) {
    System.arraycopy(vector, 0, row, 0, vector.length);
  }
}
