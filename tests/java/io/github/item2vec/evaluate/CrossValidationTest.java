package io.github.item2vec.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.recommend.TopKEstimator;
import io.github.item2vec.train.Item2Vec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own tuning by lists: more epochs find the planted groups, hardly any do not. */
class CrossValidationTest extends SparkTest {
  private final Item2Vec item2vec =
      new Item2Vec().setItemsCol("context").setMinCount(1).setVectorSize(8).setSeed(1);
  private final TopKEstimator estimator = new TopKEstimator(item2vec, new Recommender(10));
  private final TopKEvaluator evaluator =
      new TopKEvaluator().setPredictionCol("items").setMetricName("ndcg").setK(5);

  @Test
  void crossValidatorChoosesByTheLists() {
    double[] metrics = avgMetrics(estimator, evaluator);

    assertThat(metrics[1]).isGreaterThan(metrics[0] + 0.1);
  }

  /** The same folds, models and lists, without an estimator around the estimator. */
  @Test
  void anEstimatorWithAPredictionColIsMeasuredByItsOwnLists() {
    TopKEvaluator byPrediction = new TopKEvaluator().setMetricName("ndcg").setK(5);
    Item2Vec withLists = item2vec.copy(new ParamMap()).setPredictionCol("prediction").setK(10);

    assertThat(avgMetrics(withLists, byPrediction)).isEqualTo(avgMetrics(estimator, evaluator));
  }

  private double[] avgMetrics(Estimator<?> measured, TopKEvaluator by) {
    return new CrossValidator()
        .setEstimator(measured)
        .setEvaluator(by)
        .setEstimatorParamMaps(grid())
        .setNumFolds(2)
        .setSeed(1)
        .fit(users())
        .avgMetrics();
  }

  @Test
  void trainValidationSplitChoosesByTheLists() {
    double[] metrics =
        new TrainValidationSplit()
            .setEstimator(estimator)
            .setEvaluator(evaluator)
            .setEstimatorParamMaps(grid())
            .setSeed(1)
            .fit(users())
            .validationMetrics();

    assertThat(metrics[1]).isGreaterThan(metrics[0] + 0.1);
  }

  @Test
  void anEvaluatorIsSavedAndCopied(@TempDir Path directory) throws IOException {
    evaluator.save(directory.resolve("evaluator").toString());
    TopKEvaluator loaded = TopKEvaluator.load(directory.resolve("evaluator").toString());

    assertThat(loaded.uid()).isEqualTo(evaluator.uid());
    assertThat(loaded.getMetricName()).isEqualTo("ndcg");
    assertThat(loaded.copy(new ParamMap().put(loaded.k().w(3))).getK()).isEqualTo(3);
    assertThat(loaded.isLargerBetter()).isTrue();
  }

  private ParamMap[] grid() {
    return new ParamGridBuilder().addGrid(item2vec.maxIter(), new int[] {1, 60}).build();
  }

  /** Two groups of items; each user likes one of them. */
  private static Dataset<Row> users() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 80; user++) {
      List<String> liked = new ArrayList<>();
      for (int item = 0; item < 12; item++) {
        liked.add((user % 2 == 0 ? "a" : "b") + item);
      }
      Collections.shuffle(liked, random);
      rows.add(
          RowFactory.create(
              liked.subList(0, 7).toArray(String[]::new),
              liked.subList(7, 10).toArray(String[]::new)));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("context", DataTypes.createArrayType(DataTypes.StringType))
            .add("test", DataTypes.createArrayType(DataTypes.StringType)));
  }
}
