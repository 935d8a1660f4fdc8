package io.github.item2vec.train.distributed;

import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.train.basket.PartVectors;
import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.FloatRows;
import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.Lags;
import java.io.Serializable;

/**
 * A checkpoint of {@link BasketTraining}: a file per part, written and read by tasks, and one with
 * what was measured behind them, by the driver.
 *
 * @param epochs it has behind it
 * @param columns of the vectors
 * @param parts how many there are
 */
record BasketCheckpoint(CheckpointDirectory directory, int epochs, int columns, int parts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  void write(PartVectors part) {
    directory.writePart(
        epochs,
        part.part(),
        out -> {
          for (float[][] matrix : part.state()) {
            FloatRows.write(matrix, columns, out);
          }
        });
  }

  /** Fills a part of zeros. */
  PartVectors read(PartVectors part) {
    return directory.readPart(
        epochs,
        part.part(),
        in -> {
          for (float[][] matrix : part.state()) {
            FloatRows.read(in, columns, matrix);
          }
          return part;
        });
  }

  /** Null before anything is measured. */
  void writeFitted(Fitted fitted) {
    directory.writePart(
        epochs,
        parts,
        out -> {
          out.writeBoolean(fitted != null);
          if (fitted != null) {
            for (double log : fitted.lags().logs()) {
              out.writeDouble(log);
            }
            out.writeDouble(fitted.lags().scale());
            out.writeDouble(fitted.transitions());
          }
        });
  }

  Fitted readFitted() {
    return directory.readPart(
        epochs,
        parts,
        in -> {
          if (!in.readBoolean()) {
            return null;
          }
          double[] logs = new double[LagWeights.BUCKETS];
          for (int bucket = 0; bucket < logs.length; bucket++) {
            logs[bucket] = in.readDouble();
          }
          return new Fitted(new Lags(logs, in.readDouble()), in.readDouble());
        });
  }
}
