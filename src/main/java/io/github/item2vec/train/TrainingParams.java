package io.github.item2vec.train;

import io.github.item2vec.train.epoch.Architecture;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What every architecture of an {@link Item2Vec} is told. */
@SuppressWarnings("unchecked") // E is the class of this, and set returns this
public interface TrainingParams<E extends TrainingParams<E>> extends Params {

  /** The Params themselves, made once for each estimator. */
  record Declared(
      Param<String> architecture,
      IntParam minCount,
      IntParam vectorSize,
      DoubleParam stepSize,
      IntParam maxIter,
      LongParam seed,
      DoubleParam minStepSize,
      IntParam negative,
      DoubleParam nsExponent)
      implements Serializable {

    /** In the order in which a run tells them. */
    public List<Param<?>> all() {
      return List.of(
          architecture,
          minCount,
          vectorSize,
          stepSize,
          maxIter,
          seed,
          minStepSize,
          negative,
          nsExponent);
    }
  }

  /** Makes the Params of an estimator, with their defaults. */
  static Declared declare(Params owner) {
    return new Declared(
        architecture(owner),
        minCount(owner),
        vectorSize(owner),
        stepSize(owner),
        maxIter(owner),
        seed(owner),
        minStepSize(owner),
        negative(owner),
        nsExponent(owner));
  }

  /** What {@link #declare} has made for this estimator. */
  Declared trainingParams();

  /** Param: which way the prediction goes: skip-gram, cbow (gensim: sg) or basket. */
  default Param<String> architecture() {
    return trainingParams().architecture();
  }

  /** Value of {@link #architecture()}. */
  default String getArchitecture() {
    return getOrDefault(architecture());
  }

  /** Sets {@link #architecture()}; default basket. */
  default E setArchitecture(String value) {
    return (E) set(architecture(), value);
  }

  private static Param<String> architecture(Params owner) {
    Param<String> architecture =
        new Param<>(
            owner,
            "architecture",
            "which way the prediction goes: skip-gram, cbow (gensim: sg) or basket",
            ParamRange.oneOf(Architecture.labels()));
    owner.setDefault(architecture, Architecture.BASKET.label());
    return architecture;
  }

  /** Param: items that occur less often get no vector (>= 0; gensim: min_count). */
  default IntParam minCount() {
    return trainingParams().minCount();
  }

  /** Value of {@link #minCount()}. */
  default int getMinCount() {
    return (int) getOrDefault(minCount());
  }

  /** Sets {@link #minCount()}; default 5. */
  default E setMinCount(int value) {
    return (E) set(minCount(), value);
  }

  private static IntParam minCount(Params owner) {
    IntParam minCount =
        new IntParam(
            owner,
            "minCount",
            "items that occur less often get no vector (>= 0; gensim: min_count)",
            ParamRange.atLeast(0));
    owner.setDefault(minCount, 5);
    return minCount;
  }

  /** Param: dimension of the item vectors (> 0; gensim: vector_size). */
  default IntParam vectorSize() {
    return trainingParams().vectorSize();
  }

  /** Value of {@link #vectorSize()}. */
  default int getVectorSize() {
    return (int) getOrDefault(vectorSize());
  }

  /** Sets {@link #vectorSize()}; default 100. */
  default E setVectorSize(int value) {
    return (E) set(vectorSize(), value);
  }

  private static IntParam vectorSize(Params owner) {
    IntParam vectorSize =
        new IntParam(
            owner,
            "vectorSize",
            "dimension of the item vectors (> 0; gensim: vector_size)",
            ParamRange.atLeast(1));
    owner.setDefault(vectorSize, 100);
    return vectorSize;
  }

  /** Param: learning rate at the start; 0 = the architecture's own, 0.025 or for basket 0.01. */
  default DoubleParam stepSize() {
    return trainingParams().stepSize();
  }

  /** Value of {@link #stepSize()}. */
  default double getStepSize() {
    return (double) getOrDefault(stepSize());
  }

  /** Sets {@link #stepSize()}; default 0. */
  default E setStepSize(double value) {
    return (E) set(stepSize(), value);
  }

  private static DoubleParam stepSize(Params owner) {
    DoubleParam stepSize =
        new DoubleParam(
            owner,
            "stepSize",
            "learning rate at the start (0 = the architecture's own; gensim: alpha)",
            ParamRange.atLeast(0));
    owner.setDefault(stepSize, 0.0);
    return stepSize;
  }

  /**
   * Param: epochs; 0 = the architecture's own, 5 or for basket 100 and, beyond 500,000 items in all
   * sequences, fewer: 100 sqrt(500,000 / items), 3 at least.
   */
  default IntParam maxIter() {
    return trainingParams().maxIter();
  }

  /** Value of {@link #maxIter()}. */
  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  /** Sets {@link #maxIter()}; default 0. */
  default E setMaxIter(int value) {
    return (E) set(maxIter(), value);
  }

  private static IntParam maxIter(Params owner) {
    IntParam maxIter =
        new IntParam(
            owner,
            "maxIter",
            "epochs (0 = the architecture's own; gensim: epochs)",
            ParamRange.atLeast(0));
    owner.setDefault(maxIter, 0);
    return maxIter;
  }

  /** Param: seed of initial vectors, order, windows and negatives. */
  default LongParam seed() {
    return trainingParams().seed();
  }

  /** Value of {@link #seed()}. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** Sets {@link #seed()}; default 42L. */
  default E setSeed(long value) {
    return (E) set(seed(), value);
  }

  private static LongParam seed(Params owner) {
    LongParam seed =
        new LongParam(owner, "seed", "seed of initial vectors, order, windows and negatives");
    owner.setDefault(seed, 42L);
    return seed;
  }

  /** Param: learning rate at the end (0 .. stepSize; gensim: min_alpha). */
  default DoubleParam minStepSize() {
    return trainingParams().minStepSize();
  }

  /** Value of {@link #minStepSize()}. */
  default double getMinStepSize() {
    return (double) getOrDefault(minStepSize());
  }

  /** Sets {@link #minStepSize()}; default 1e-4. */
  default E setMinStepSize(double value) {
    return (E) set(minStepSize(), value);
  }

  private static DoubleParam minStepSize(Params owner) {
    DoubleParam minStepSize =
        new DoubleParam(
            owner,
            "minStepSize",
            "learning rate at the end (0 .. stepSize; gensim: min_alpha)",
            ParamRange.atLeast(0));
    owner.setDefault(minStepSize, 1e-4);
    return minStepSize;
  }

  /**
   * Param: negative items drawn: for each pair, or by basket for each batch; 0 = the architecture's
   * own, 5 and 500. Skip-gram and CBOW deal them evenly instead of drawing each on its own; eight
   * pairs of skip-gram share half of so many, at least 4, with a weight that leaves the expectation
   * of the gradient as it is.
   */
  default IntParam negative() {
    return trainingParams().negative();
  }

  /** Value of {@link #negative()}. */
  default int getNegative() {
    return (int) getOrDefault(negative());
  }

  /** Sets {@link #negative()}; default 0. */
  default E setNegative(int value) {
    return (E) set(negative(), value);
  }

  private static IntParam negative(Params owner) {
    IntParam negative =
        new IntParam(
            owner,
            "negative",
            "negative items drawn: for each pair, or by basket for each batch (0 = the architecture's own)",
            ParamRange.atLeast(0));
    owner.setDefault(negative, 0);
    return negative;
  }

  /**
   * Param: negatives are drawn in proportion to count^nsExponent (any sign; gensim: ns_exponent).
   */
  default DoubleParam nsExponent() {
    return trainingParams().nsExponent();
  }

  /** Value of {@link #nsExponent()}. */
  default double getNsExponent() {
    return (double) getOrDefault(nsExponent());
  }

  /** Sets {@link #nsExponent()}; default 0.75. */
  default E setNsExponent(double value) {
    return (E) set(nsExponent(), value);
  }

  private static DoubleParam nsExponent(Params owner) {
    DoubleParam nsExponent =
        new DoubleParam(
            owner,
            "nsExponent",
            "negatives are drawn in proportion to count^nsExponent (any sign; gensim: ns_exponent)",
            ParamRange.between(-1000, 1000));
    owner.setDefault(nsExponent, 0.75);
    return nsExponent;
  }
}
