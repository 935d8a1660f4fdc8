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
    return new Declared(
        execution(owner),
        validationCol(owner),
        earlyStopping(owner),
        checkpointDir(owner),
        checkpointInterval(owner));
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

  private static Param<String> execution(Params owner) {
    Param<String> execution =
        new Param<>(
            owner,
            "execution",
            "auto (by size), one-task, or distributed: many tasks (basket, skip-gram)",
            ParamRange.oneOf(Execution.labels()));
    owner.setDefault(execution, Execution.AUTO.label());
    return execution;
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

  private static Param<String> validationCol(Params owner) {
    Param<String> validationCol =
        new Param<>(
            owner,
            "validationCol",
            "column with items held out of each sequence, for map@10 after each epoch; empty = none");
    owner.setDefault(validationCol, "");
    return validationCol;
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

  private static IntParam earlyStopping(Params owner) {
    IntParam earlyStopping =
        new IntParam(
            owner,
            "earlyStopping",
            "epochs without a better validation metric after which training stops and the best"
                + " epoch's vectors are kept (0 = never)",
            ParamRange.atLeast(0));
    owner.setDefault(earlyStopping, 0);
    return earlyStopping;
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

  private static Param<String> checkpointDir(Params owner) {
    Param<String> checkpointDir =
        new Param<>(
            owner,
            "checkpointDir",
            "directory on a Hadoop file system for checkpoints, from which the same training goes"
                + " on; empty = none");
    owner.setDefault(checkpointDir, "");
    return checkpointDir;
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

  private static IntParam checkpointInterval(Params owner) {
    IntParam checkpointInterval =
        new IntParam(
            owner,
            "checkpointInterval",
            "epochs between two checkpoints (> 0)",
            ParamRange.atLeast(1));
    owner.setDefault(checkpointInterval, 10);
    return checkpointInterval;
  }
}
