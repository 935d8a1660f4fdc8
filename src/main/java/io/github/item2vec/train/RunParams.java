package io.github.item2vec.train;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Where an {@link Item2Vec} trains, when it stops, and what it saves meanwhile. */
@SuppressWarnings("unchecked") // E is the class of this, and set returns this
public interface RunParams<E extends RunParams<E>> extends Params {

  /** The Params themselves, made once for each estimator. */
  record Declared(
      Param<String> execution,
      Param<String> validationCol,
      IntParam earlyStopping,
      Param<String> checkpointDir,
      IntParam checkpointInterval)
      implements Serializable {}

  /** Makes the Params of an estimator, with their defaults. */
  static Declared declare(Params owner) {
    Param<String> execution =
        new Param<>(
            owner,
            "execution",
            "auto (by size), one-task, or distributed: numPartitions tasks (skip-gram only)",
            ParamRange.oneOf(Execution.labels()));
    Param<String> validationCol =
        new Param<>(
            owner,
            "validationCol",
            "column with items held out of each sequence, for map@10 after each epoch; empty = none");
    IntParam earlyStopping =
        new IntParam(
            owner,
            "earlyStopping",
            "epochs without a better validation metric after which training stops and the best"
                + " epoch's vectors are kept (0 = never)",
            ParamRange.atLeast(0));
    Param<String> checkpointDir =
        new Param<>(
            owner,
            "checkpointDir",
            "directory on a Hadoop file system for checkpoints, from which the same training goes"
                + " on; empty = none");
    IntParam checkpointInterval =
        new IntParam(
            owner,
            "checkpointInterval",
            "epochs between two checkpoints (> 0)",
            ParamRange.atLeast(1));
    owner.setDefault(execution, Execution.AUTO.label());
    owner.setDefault(validationCol, "");
    owner.setDefault(earlyStopping, 0);
    owner.setDefault(checkpointDir, "");
    owner.setDefault(checkpointInterval, 10);
    return new Declared(execution, validationCol, earlyStopping, checkpointDir, checkpointInterval);
  }

  /** What {@link #declare} has made for this estimator. */
  Declared runParams();

  /** Param: auto, one-task or distributed, see {@link Execution}. */
  default Param<String> execution() {
    return runParams().execution();
  }

  /** Value of {@link #execution()}. */
  default String getExecution() {
    return getOrDefault(execution());
  }

  /** Sets {@link #execution()}; default auto. */
  default E setExecution(String value) {
    return (E) set(execution(), value);
  }

  /** Param: column with items held out of each sequence, ranked after each epoch. */
  default Param<String> validationCol() {
    return runParams().validationCol();
  }

  /** Value of {@link #validationCol()}. */
  default String getValidationCol() {
    return getOrDefault(validationCol());
  }

  /** Sets {@link #validationCol()}; default none. */
  default E setValidationCol(String value) {
    return (E) set(validationCol(), value);
  }

  /** Param: epochs without a better validation metric before training stops (0 = never). */
  default IntParam earlyStopping() {
    return runParams().earlyStopping();
  }

  /** Value of {@link #earlyStopping()}. */
  default int getEarlyStopping() {
    return (int) getOrDefault(earlyStopping());
  }

  /** Sets {@link #earlyStopping()}; default 0. */
  default E setEarlyStopping(int value) {
    return (E) set(earlyStopping(), value);
  }

  /** Param: directory for checkpoints. */
  default Param<String> checkpointDir() {
    return runParams().checkpointDir();
  }

  /** Value of {@link #checkpointDir()}. */
  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /** Sets {@link #checkpointDir()}; default none. */
  default E setCheckpointDir(String value) {
    return (E) set(checkpointDir(), value);
  }

  /** Param: epochs between two checkpoints. */
  default IntParam checkpointInterval() {
    return runParams().checkpointInterval();
  }

  /** Value of {@link #checkpointInterval()}. */
  default int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval());
  }

  /** Sets {@link #checkpointInterval()}; default 10. */
  default E setCheckpointInterval(int value) {
    return (E) set(checkpointInterval(), value);
  }
}
