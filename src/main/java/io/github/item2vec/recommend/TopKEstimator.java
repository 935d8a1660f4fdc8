package io.github.item2vec.recommend;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Fits another estimator and recommends with its item vectors, so that {@code CrossValidator} and
 * {@code TrainValidationSplit} can choose the other's params by lists: a row is a user with the
 * items to train on, the context of the lists, and the items to be found. It has no params of its
 * own; those of a grid go to the other. Not persisted: save the model that it wraps.
 */
public final class TopKEstimator extends Estimator<TopKModel> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Estimator<?> estimator;
  private final Recommender recommender;

  /**
   * @param estimator whose model is an {@link ItemVectorsModel}, such as {@code Item2Vec}
   * @param recommender makes the lists
   */
  public TopKEstimator(Estimator<?> estimator, Recommender recommender) {
    this(Identifiable.randomUID("topK"), estimator, recommender);
  }

  private TopKEstimator(String uid, Estimator<?> estimator, Recommender recommender) {
    this.uid = uid;
    this.estimator = estimator;
    this.recommender = recommender;
  }

  @Override
  public TopKModel fit(Dataset<?> users) {
    Model<?> model = estimator.fit(users);
    if (!(model instanceof ItemVectorsModel vectors)) {
      throw new IllegalArgumentException(
          "%s has no item vectors to recommend with".formatted(model.getClass().getName()));
    }
    return new TopKModel(uid, vectors, recommender).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    estimator.transformSchema(schema);
    return Recommendations.schema(schema);
  }

  @Override
  public TopKEstimator copy(ParamMap extra) {
    return new TopKEstimator(uid, estimator.copy(extra), recommender);
  }

  @Override
  public String uid() {
    return uid;
  }
}
