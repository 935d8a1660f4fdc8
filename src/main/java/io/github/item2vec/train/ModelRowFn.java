package io.github.item2vec.train;

import io.github.item2vec.train.model.Vocabulary;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** An item's vectors to its row of a saved model: adds id and count. Runs in tasks. */
final class ModelRowFn implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Vocabulary> vocabulary;

  ModelRowFn(Broadcast<Vocabulary> vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public Row call(Row row) {
    int index = row.getInt(0);
    return RowFactory.create(
        index,
        vocabulary.value().item(index),
        vocabulary.value().counts()[index],
        row.get(1),
        row.get(2));
  }
}
