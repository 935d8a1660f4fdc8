package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.recommend.Scores;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Lists as columns of a transform: those of a Recommender, or the similar items. */
class TransformedListsTest extends SparkTest {
  private static final int ITEMS = 30;

  @Test
  void theListsAreThoseOfTheRecommender() {
    Item2VecModel model = model().setItemsCol("context").setPredictionCol("prediction").setK(7);
    Dataset<Row> users =
        spark.sql(
            "SELECT array('i3', 'i4') AS context, array('i5') AS rated, array('i6', 'i7') AS"
                + " leaveOut UNION ALL SELECT array('i8'), null, null UNION ALL SELECT"
                + " array('unknown'), null, null");

    for (Scores scores : List.of(Scores.PRODUCT, Scores.PROBABILITY)) {
      model.setScoring(scores.name().toLowerCase(Locale.ROOT)).setScoresCol("score");
      List<Row> expected =
          new Recommender(7)
              .scores(scores)
              .byVectors(users, model.itemVectors())
              .select("context", "items", "scores")
              .collectAsList();

      Dataset<Row> transformed = model.transform(users);

      assertThat(transformed.schema()).isEqualTo(model.transformSchema(users.schema()));
      assertThat(transformed.select("context", "prediction", "score").collectAsList())
          .isEqualTo(expected);
      assertThat(expected.get(2).isNullAt(1)).isTrue();
    }
  }

  @Test
  void byCosineTheListOfOneItemAreItsSimilarItems() {
    Item2VecModel model =
        model().setPredictionCol("near").setScoresCol("cosine").setScoring("cosine").setK(5);

    Row row = model.transform(spark.sql("SELECT array('i3') AS items")).first();
    List<ScoredItem> expected = model.similarItems("i3", 5);

    assertThat(row.<String>getList(row.fieldIndex("near")))
        .isEqualTo(expected.stream().map(ScoredItem::item).toList());
    List<Float> cosines = row.getList(row.fieldIndex("cosine"));
    for (int i = 0; i < 5; i++) {
      assertThat((double) cosines.get(i)).isCloseTo(expected.get(i).score(), within(1e-6));
    }
  }

  @Test
  void theOtherColumnsMayHaveAnyNames() {
    Dataset<Row> users =
        spark.sql("SELECT 1 AS row, array('i1') AS items, 'c' AS context, 2 AS scores, 3 AS cold");
    Dataset<Row> transformed = model().setPredictionCol("prediction").transform(users);

    assertThat(transformed.columns())
        .containsExactly("row", "items", "context", "scores", "cold", "profile", "prediction");
    assertThat(transformed.first().getString(2)).isEqualTo("c");
  }

  @Test
  void wrongColumnsAreRefused() {
    Dataset<Row> users = spark.sql("SELECT array('i1') AS items, 1 AS rated");

    assertThatThrownBy(() -> model().setScoresCol("s").transform(users))
        .hasMessage("scoresCol = s: needs a predictionCol");
    assertThatThrownBy(() -> model().setPredictionCol("items").transform(users))
        .hasMessage("predictionCol: column 'items' is there already");
    assertThatThrownBy(
            () -> model().setPredictionCol("p").setScoresCol("p").transform(users.drop("rated")))
        .hasMessage("scoresCol: column 'p' is there already");
    assertThatThrownBy(() -> model().setPredictionCol("p").transform(users))
        .hasMessageStartingWith("rated: column 'rated' is int, must be array<string>");
  }

  /** The server of Spark Connect wants a class that can be made of nothing. */
  @Test
  void aModelWithoutItemsKnowsNothing() {
    Dataset<Row> users = spark.sql("SELECT array('i1') AS items");
    Row row = new Item2VecModel().setPredictionCol("prediction").transform(users).first();

    assertThat(row.isNullAt(1)).isTrue();
    assertThat(row.isNullAt(2)).isTrue();
  }

  private static Item2VecModel model() {
    String[] items = new String[ITEMS];
    long[] counts = new long[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      items[i] = "i" + i;
      counts[i] = (long) ITEMS - i;
    }
    Random random = new Random(5);
    return new Item2VecModel(
        "model", new Vocabulary(items, counts), matrix(random), matrix(random));
  }

  private static ItemMatrix matrix(Random random) {
    float[] values = new float[ITEMS * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return ItemMatrix.of(4, values);
  }
}
