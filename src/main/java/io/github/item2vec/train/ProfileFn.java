package io.github.item2vec.train;

import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.Vocabulary;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A sequence to its profile vector; null for a null sequence and for one without a known item. */
final class ProfileFn implements UDF1<Seq<String>, Vector> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Vocabulary> vocabulary;
  private final Broadcast<ItemMatrix> input;
  private final LagWeights lags;

  ProfileFn(Broadcast<Vocabulary> vocabulary, Broadcast<ItemMatrix> input, LagWeights lags) {
    this.vocabulary = vocabulary;
    this.input = input;
    this.lags = lags;
  }

  @Override
  public Vector call(Seq<String> items) {
    if (items == null) {
      return null;
    }
    int[] known = vocabulary.value().encode(CollectionConverters.asJava(items));
    double[] profile = input.value().sum(known, lags.shares(known.length));
    return profile == null ? null : Vectors.dense(profile);
  }
}
