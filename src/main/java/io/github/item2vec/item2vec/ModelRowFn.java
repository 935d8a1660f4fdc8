package io.github.item2vec.item2vec;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** An item's index to its row of a saved model. Runs in tasks. */
final class ModelRowFn implements MapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Item2VecModel> model;

  ModelRowFn(Broadcast<Item2VecModel> model) {
    this.model = model;
  }

  @Override
  public Row call(Long index) {
    int i = Math.toIntExact(index);
    Vocabulary vocabulary = model.value().vocabulary();
    return RowFactory.create(
        i,
        vocabulary.items()[i],
        vocabulary.counts()[i],
        model.value().input().floats(i),
        model.value().output().floats(i));
  }
}
