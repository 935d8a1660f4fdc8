package io.github.item2vec.train;

import io.github.item2vec.train.epoch.Loss;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What the basket model is told beside {@link TrainingParams}; skip-gram and CBOW do not heed it.
 */
@SuppressWarnings("unchecked") // E is the class of this, and set returns this
public interface BasketParams<E extends BasketParams<E>> extends Params {

  /** The Params themselves, made once for each estimator. */
  record Declared(
      Param<String> loss,
      DoubleParam inputDropout,
      DoubleParam hiddenDropout,
      DoubleParam contextWeight,
      DoubleParam regParam)
      implements Serializable {

    /** In the order in which a run tells them. */
    public List<Param<?>> all() {
      return List.of(loss, inputDropout, hiddenDropout, contextWeight, regParam);
    }
  }

  /** Makes the Params of an estimator, with their defaults. */
  static Declared declare(Params owner) {
    return new Declared(
        loss(owner),
        inputDropout(owner),
        hiddenDropout(owner),
        contextWeight(owner),
        regParam(owner));
  }

  /** What {@link #declare} has made for this estimator. */
  Declared basketParams();

  /**
   * Param: what the basket model minimises: softmax, sampled-softmax or negative-sampling. The last
   * two draw {@code negative} items a batch by {@code nsExponent}. auto: softmax up to 10,000
   * items, sampled-softmax over more. Skip-gram and CBOW always train with negative sampling.
   */
  default Param<String> loss() {
    return basketParams().loss();
  }

  /** Value of {@link #loss()}. */
  default String getLoss() {
    return getOrDefault(loss());
  }

  /** Sets {@link #loss()}; default auto. */
  default E setLoss(String value) {
    return (E) set(loss(), value);
  }

  private static Param<String> loss(Params owner) {
    Param<String> loss =
        new Param<>(
            owner,
            "loss",
            "auto, softmax, sampled-softmax or negative-sampling; basket only, the others know the last",
            ParamRange.oneOf(Loss.labels()));
    owner.setDefault(loss, Loss.AUTO.label());
    return loss;
  }

  /**
   * Param: share of a sequence's items that each epoch leaves out of the context and predicts
   * (between 0 and 1, both excluded). Basket only.
   */
  default DoubleParam inputDropout() {
    return basketParams().inputDropout();
  }

  /** Value of {@link #inputDropout()}. */
  default double getInputDropout() {
    return (double) getOrDefault(inputDropout());
  }

  /** Sets {@link #inputDropout()}; default 0.6. */
  default E setInputDropout(double value) {
    return (E) set(inputDropout(), value);
  }

  private static DoubleParam inputDropout(Params owner) {
    DoubleParam inputDropout =
        new DoubleParam(
            owner,
            "inputDropout",
            "basket: share of a sequence's items that is left out of the context, as targets (0..1)",
            ParamRange.within(0, 1));
    owner.setDefault(inputDropout, 0.6);
    return inputDropout;
  }

  /**
   * Param: share of the context vector's values that training drops, each time others (0 = none,
   * below 1). Basket only.
   */
  default DoubleParam hiddenDropout() {
    return basketParams().hiddenDropout();
  }

  /** Value of {@link #hiddenDropout()}. */
  default double getHiddenDropout() {
    return (double) getOrDefault(hiddenDropout());
  }

  /** Sets {@link #hiddenDropout()}; default 0.5. */
  default E setHiddenDropout(double value) {
    return (E) set(hiddenDropout(), value);
  }

  private static DoubleParam hiddenDropout(Params owner) {
    DoubleParam hiddenDropout =
        new DoubleParam(
            owner,
            "hiddenDropout",
            "basket: share of the context vector's values that training drops (0 = none, below 1)",
            ParamRange.fromToBelow(0, 1));
    owner.setDefault(hiddenDropout, 0.5);
    return hiddenDropout;
  }

  /**
   * Param: weight of the context's items as targets beside those left out, whose weight is 1
   * (between 0 and 1). Basket only.
   */
  default DoubleParam contextWeight() {
    return basketParams().contextWeight();
  }

  /** Value of {@link #contextWeight()}. */
  default double getContextWeight() {
    return (double) getOrDefault(contextWeight());
  }

  /** Sets {@link #contextWeight()}; default 0.2. */
  default E setContextWeight(double value) {
    return (E) set(contextWeight(), value);
  }

  private static DoubleParam contextWeight(Params owner) {
    DoubleParam contextWeight =
        new DoubleParam(
            owner,
            "contextWeight",
            "basket: weight of the context's items as targets beside those left out (0..1)",
            ParamRange.between(0, 1));
    owner.setDefault(contextWeight, 0.2);
    return contextWeight;
  }

  /** Param: L2 penalty of the vectors, part of each step's gradient (>= 0). Basket only. */
  default DoubleParam regParam() {
    return basketParams().regParam();
  }

  /** Value of {@link #regParam()}. */
  default double getRegParam() {
    return (double) getOrDefault(regParam());
  }

  /** Sets {@link #regParam()}; default 1e-4. */
  default E setRegParam(double value) {
    return (E) set(regParam(), value);
  }

  private static DoubleParam regParam(Params owner) {
    DoubleParam regParam =
        new DoubleParam(
            owner, "regParam", "basket: L2 penalty of the vectors (>= 0)", ParamRange.atLeast(0));
    owner.setDefault(regParam, 1e-4);
    return regParam;
  }
}
