package io.github.item2vec.recommend;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Appends lists to users, see {@link Recommender#byVectors}. */
public final class TopKModel extends Model<TopKModel> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient ItemVectorsModel model;
  private final transient Recommender recommender;

  TopKModel(String uid, ItemVectorsModel model, Recommender recommender) {
    this.uid = uid;
    this.model = model;
    this.recommender = recommender;
  }

  /** The model that scores. */
  public ItemVectorsModel model() {
    return model;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> users) {
    return recommender.byVectors(users.toDF(), model.itemVectors());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return Recommendations.schema(schema);
  }

  @Override
  public TopKModel copy(ParamMap extra) {
    return new TopKModel(uid, model, recommender).setParent(parent());
  }

  @Override
  public String uid() {
    return uid;
  }
}
