package io.github.item2vec.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.recommend.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The lists of a {@code transform}, as {@link ListParams} says. The row is carried along whole, so
 * that its columns may have any names. Driver only, lazy; the model's vectors are collected.
 */
final class TransformedLists {
  private static final String ROW = "row";

  private TransformedLists() {}

  static Dataset<Row> add(Dataset<Row> rows, Item2VecModel model) {
    boolean similar = model.getScoring().equals(ListParams.COSINE);
    Recommender recommender = new Recommender(model.getK()).scores(scores(model));
    Dataset<Row> lists =
        recommender.byVectors(
            users(rows, model), similar ? model.itemVectors().unitLength() : model.itemVectors());
    Column[] columns =
        model.getScoresCol().isEmpty()
            ? new Column[] {col(ROW + ".*"), list(model)}
            : new Column[] {
              col(ROW + ".*"), list(model), col(Recommendations.SCORES).as(model.getScoresCol())
            };
    return lists.select(columns);
  }

  private static Column list(Item2VecModel model) {
    return col(Recommendations.ITEMS).as(model.getPredictionCol());
  }

  /** What the row says of items not to be recommended goes along, see {@link Recommendations}. */
  private static Dataset<Row> users(Dataset<Row> rows, Item2VecModel model) {
    List<Column> columns = new ArrayList<>();
    columns.add(struct(col("*")).as(ROW));
    columns.add(model.itemsAsStrings().as(Recommendations.CONTEXT));
    for (String name : List.of(Recommendations.RATED, Recommendations.LEAVE_OUT)) {
      if (Arrays.asList(rows.columns()).contains(name)) {
        ColumnParams.requireItems(rows.schema(), name, name);
        columns.add(ColumnParams.asStrings(name).as(name));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Scores scores(Item2VecModel model) {
    if (model.getScoresCol().isEmpty()) {
      return Scores.NONE;
    }
    return model.getScoring().equals(ListParams.PROBABILITY) ? Scores.PROBABILITY : Scores.PRODUCT;
  }
}
