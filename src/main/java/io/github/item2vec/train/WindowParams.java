package io.github.item2vec.train;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What skip-gram and CBOW are told beside {@link TrainingParams}; the basket model has no windows.
 */
@SuppressWarnings("unchecked") // E is the class of this, and set returns this
public interface WindowParams<E extends WindowParams<E>> extends Params {

  /** The Params themselves, made once for each estimator. */
  record Declared(
      IntParam windowSize, IntParam numPartitions, BooleanParam shrinkWindows, DoubleParam sample)
      implements Serializable {

    /** In the order in which a run tells them. */
    public List<Param<?>> all() {
      return List.of(windowSize, numPartitions, shrinkWindows, sample);
    }
  }

  /** Makes the Params of an estimator, with their defaults. */
  static Declared declare(Params owner) {
    return new Declared(
        windowSize(owner), numPartitions(owner), shrinkWindows(owner), sample(owner));
  }

  /** What {@link #declare} has made for this estimator. */
  Declared windowParams();

  /** Param: largest distance between context and centre item (> 0; gensim: window). */
  default IntParam windowSize() {
    return windowParams().windowSize();
  }

  /** Value of {@link #windowSize()}. */
  default int getWindowSize() {
    return (int) getOrDefault(windowSize());
  }

  /** Sets {@link #windowSize()}; default 5. */
  default E setWindowSize(int value) {
    return (E) set(windowSize(), value);
  }

  private static IntParam windowSize(Params owner) {
    IntParam windowSize =
        new IntParam(
            owner,
            "windowSize",
            "largest distance between context and centre item (> 0; gensim: window)",
            ParamRange.atLeast(1));
    owner.setDefault(windowSize, 5);
    return windowSize;
  }

  /**
   * Param: parts that the items are dealt out to, which bounds the threads that train (> 0).
   * Skip-gram only; the result depends on it a little, on the number of threads not at all.
   */
  default IntParam numPartitions() {
    return windowParams().numPartitions();
  }

  /** Value of {@link #numPartitions()}. */
  default int getNumPartitions() {
    return (int) getOrDefault(numPartitions());
  }

  /** Sets {@link #numPartitions()}; default 4. */
  default E setNumPartitions(int value) {
    return (E) set(numPartitions(), value);
  }

  private static IntParam numPartitions(Params owner) {
    IntParam numPartitions =
        new IntParam(
            owner,
            "numPartitions",
            "parts that the items are dealt out to, which bounds the threads that train (> 0)",
            ParamRange.atLeast(1));
    owner.setDefault(numPartitions, 4);
    return numPartitions;
  }

  /** Param: draw each centre item's window from 1 .. windowSize (gensim: shrink_windows). */
  default BooleanParam shrinkWindows() {
    return windowParams().shrinkWindows();
  }

  /** Value of {@link #shrinkWindows()}. */
  default boolean getShrinkWindows() {
    return (boolean) getOrDefault(shrinkWindows());
  }

  /** Sets {@link #shrinkWindows()}; default true. */
  default E setShrinkWindows(boolean value) {
    return (E) set(shrinkWindows(), value);
  }

  private static BooleanParam shrinkWindows(Params owner) {
    BooleanParam shrinkWindows =
        new BooleanParam(
            owner,
            "shrinkWindows",
            "draw each centre item's window from 1 .. windowSize (gensim: shrink_windows)");
    owner.setDefault(shrinkWindows, true);
    return shrinkWindows;
  }

  /** Param: threshold of frequent-item down-sampling (0 = off). */
  default DoubleParam sample() {
    return windowParams().sample();
  }

  /** Value of {@link #sample()}. */
  default double getSample() {
    return (double) getOrDefault(sample());
  }

  /** Sets {@link #sample()}; default 1e-3. */
  default E setSample(double value) {
    return (E) set(sample(), value);
  }

  private static DoubleParam sample(Params owner) {
    DoubleParam sample =
        new DoubleParam(
            owner,
            "sample",
            "threshold of frequent-item down-sampling (0 = off)",
            ParamRange.atLeast(0));
    owner.setDefault(sample, 1e-3);
    return sample;
  }
}
