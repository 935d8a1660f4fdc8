package io.github.item2vec.train;

import io.github.item2vec.train.distributed.BasketTraining;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.onetask.TaskMemory;
import java.util.Arrays;
import java.util.List;

/** Where a training runs. */
public enum Execution {
  /**
   * In one task unless vectors, moments or sequences are too many for one, or for the memory of an
   * executor; CBOW always, and what is to be validated.
   */
  AUTO("auto"),
  /** In one task with all cores of its executor: no Spark job an epoch. */
  ONE_TASK("one-task"),
  /** By many tasks, each with the vectors of one part: the basket model and skip-gram. */
  DISTRIBUTED("distributed");

  /** More items in the sequences than this are too many for one task: 1 GiB as ints. */
  private static final long MOST_ITEMS = 1L << 28;

  /** Matrices and moments of the basket model in one task. */
  private static final long MOST_BASKET_BYTES = 4L << 30;

  /** Parts of a heap that one task may take; the rest is Spark's. */
  private static final long OF_HEAP = 3;

  private static final long WHOLE = 4;

  private final String label;

  Execution(String label) {
    this.label = label;
  }

  /** The name in parameters: {@code auto}, {@code one-task} or {@code distributed}. */
  public String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Execution::label).toList();
  }

  /** The execution of a label; the label must be one. */
  public static Execution of(String label) {
    return Arrays.stream(values()).filter(e -> e.label.equals(label)).findFirst().orElseThrow();
  }

  /**
   * Looks whether this way there is such a training.
   *
   * @param validationCol empty for none
   * @throws IllegalArgumentException when there is not
   */
  void require(Architecture architecture, String validationCol) {
    if (this != DISTRIBUTED) {
      return;
    }
    if (architecture == Architecture.CBOW) {
      throw new IllegalArgumentException(
          "execution = distributed: architecture = cbow trains in one task; basket and skip-gram can"
              + " be distributed");
    }
    if (!validationCol.isEmpty()) {
      throw new IllegalArgumentException(
          "validationCol = %s: a distributed training does not validate".formatted(validationCol));
    }
  }

  /**
   * What is trained with validation trains in one task, if it may.
   *
   * @param columns of the rows: items, and items held out where validation is wanted
   */
  Execution validating(int columns) {
    return this == AUTO && columns > 1 ? ONE_TASK : this;
  }

  /**
   * Depends on parameters, data and the executors' memory, on nothing else of the cluster.
   *
   * @param heap bytes of an executor's
   */
  boolean distributes(TrainingSettings settings, Vocabulary vocabulary, long heap) {
    return switch (this) {
      case ONE_TASK -> false;
      case DISTRIBUTED -> true;
      case AUTO ->
          settings.architecture() != Architecture.CBOW
              && settings.numPartitions() > 1
              && (!fitsOneTask(settings, vocabulary.size())
                  || vocabulary.occurrences() > MOST_ITEMS
                  || needed(settings, vocabulary) > heap / WHOLE * OF_HEAP);
    };
  }

  /** Bytes of matrices and sequences in one task. */
  private static long needed(TrainingSettings settings, Vocabulary vocabulary) {
    return TaskMemory.bytes(settings, vocabulary.size()) + Integer.BYTES * vocabulary.occurrences();
  }

  /** The basket model's steps are smaller in one task, and its vectors a little better. */
  private static boolean fitsOneTask(TrainingSettings settings, int items) {
    return settings.architecture() == Architecture.BASKET
        ? BasketTraining.bytes(settings, items) <= MOST_BASKET_BYTES
        : ModelVectors.fitDriver(items, settings.vectorSize());
  }
}
