package io.github.item2vec.item2vec;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A sequence to its profile vector. */
final class ProfileFn implements UDF1<Seq<String>, Vector> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Item2VecModel> model;

  ProfileFn(Broadcast<Item2VecModel> model) {
    this.model = model;
  }

  @Override
  public Vector call(Seq<String> items) {
    return items == null ? null : model.value().profileVector(CollectionConverters.asJava(items));
  }
}
