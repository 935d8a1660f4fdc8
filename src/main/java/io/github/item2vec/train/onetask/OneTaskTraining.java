package io.github.item2vec.train.onetask;

import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.FloatRows;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The epochs of a training in one task: checks, validation, early stopping, checkpoints. Taken up
 * again from a checkpoint it ends with the bytes of an undisturbed training.
 */
public final class OneTaskTraining {
  private final EpochTrainer trainer;
  private final TrainingSettings settings;
  private final TrainingControl control;
  private final Validation validation;
  private final Workers workers;
  private final int items;
  private final List<EpochResult> results = new ArrayList<>();
  private List<float[][]> best;

  public OneTaskTraining(
      EpochTrainer trainer,
      TrainingSettings settings,
      TrainingControl control,
      Validation validation,
      Workers workers,
      int items) {
    this.trainer = trainer;
    this.settings = settings;
    this.control = control;
    this.validation = validation;
    this.workers = workers;
    this.items = items;
  }

  /**
   * Trains from the newest checkpoint, or the beginning, to the end; the trainer is left with the
   * vectors of the last epoch or, with early stopping, of the best.
   *
   * @throws ArithmeticException when an epoch leaves a value that is no finite number; names epoch
   *     and step size
   */
  public List<EpochResult> run(LongConsumer itemsTrained, Consumer<EpochResult> epochDone) {
    if (control.checkpoints() != null) {
      control.checkpoints().newest().ifPresent(this::restore);
    }
    results.forEach(epochDone);
    while (results.size() < settings.maxIter() && !stopsEarly()) {
      int epoch = results.size();
      long start = System.nanoTime();
      double loss = trainer.trainEpoch(epoch, itemsTrained);
      double seconds = (System.nanoTime() - start) / 1e9;
      trainer.requireFinite(epoch);
      double metric =
          validation.isEmpty() ? Double.NaN : validation.metric(trainer, items, workers);
      results.add(new EpochResult(epoch + 1, loss, metric, seconds));
      keepBest();
      epochDone.accept(results.get(epoch));
      if (control.saves(results.size()) && results.size() < settings.maxIter()) {
        save();
      }
    }
    if (best != null) {
      copy(best, trainer.state());
    }
    return results;
  }

  public EpochTrainer trainer() {
    return trainer;
  }

  /** Index of the first epoch with the best metric. */
  public static int bestEpoch(List<EpochResult> results) {
    int best = 0;
    for (int epoch = 1; epoch < results.size(); epoch++) {
      if (results.get(epoch).validation() > results.get(best).validation()) {
        best = epoch;
      }
    }
    return best;
  }

  private boolean stopsEarly() {
    return control.earlyStopping() > 0
        && results.size() - 1 - bestEpoch(results) >= control.earlyStopping();
  }

  private void keepBest() {
    if (control.earlyStopping() > 0 && bestEpoch(results) == results.size() - 1) {
      best = snapshot();
    }
  }

  private List<float[][]> snapshot() {
    return trainer.state().stream()
        .map(matrix -> Arrays.stream(matrix).map(float[]::clone).toArray(float[][]::new))
        .toList();
  }

  private static void copy(List<float[][]> from, List<float[][]> to) {
    for (int matrix = 0; matrix < from.size(); matrix++) {
      for (int row = 0; row < from.get(matrix).length; row++) {
        float[] source = from.get(matrix)[row];
        System.arraycopy(source, 0, to.get(matrix)[row], 0, source.length);
      }
    }
  }

  private void save() {
    CheckpointDirectory checkpoints = control.checkpoints();
    checkpoints.writePart(results.size(), 0, out -> write(trainer.state(), out));
    if (best != null) {
      checkpoints.writePart(results.size(), 1, out -> write(best, out));
    }
    checkpoints.complete(results.size(), results);
  }

  private void restore(int epochs) {
    CheckpointDirectory checkpoints = control.checkpoints();
    results.addAll(checkpoints.results(epochs));
    if (control.earlyStopping() > 0) {
      checkpoints.readPart(epochs, 1, this::read);
      best = snapshot();
    }
    checkpoints.readPart(epochs, 0, this::read);
  }

  private void write(List<float[][]> state, DataOutputStream out) throws IOException {
    for (float[][] matrix : state) {
      FloatRows.write(matrix, settings.vectorSize(), out);
    }
  }

  private boolean read(DataInputStream in) throws IOException {
    for (float[][] matrix : trainer.state()) {
      FloatRows.read(in, settings.vectorSize(), matrix);
    }
    return true;
  }
}
