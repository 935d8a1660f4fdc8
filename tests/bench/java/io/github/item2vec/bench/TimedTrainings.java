package io.github.item2vec.bench;

import io.github.item2vec.baseline.MllibWord2Vec;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The JVM's side of a benchmark: fits one model after another on the same rows and prints a line of
 * JSON for each. Arguments: MASTER RATINGS MIN_RATING HELD_OUT, then one training each as {@code
 * trainer=item2vec,vectorSize=64,...}; parameters have Spark's names.
 */
final class TimedTrainings {
  private TimedTrainings() {}

  public static void main(String[] args) throws IOException {
    HeldOutRatings ratings =
        HeldOutRatings.read(
            Path.of(args[1]), Double.parseDouble(args[2]), Integer.parseInt(args[3]));
    SparkSession spark =
        SparkSession.builder()
            .master(args[0])
            .appName("item2vec bench")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.driver.host", "localhost")
            .getOrCreate();
    try (spark) {
      Dataset<Row> sequences = ratings.sequences(spark).cache();
      sequences.count();
      for (String training : Arrays.copyOfRange(args, 4, args.length)) {
        System.out.println(run(training, ratings, sequences));
      }
    }
  }

  private static String run(String training, HeldOutRatings ratings, Dataset<Row> sequences) {
    Map<String, String> params = new HashMap<>();
    for (String pair : training.split(",", -1)) {
      String[] nameAndValue = pair.split("=", 2);
      params.put(nameAndValue[0], nameAndValue[1]);
    }
    boolean mllib = params.remove("trainer").equals("mllib");
    long start = System.nanoTime();
    long cpu = ProcessCpu.time();
    Model<?> model = mllib ? mllib(params, sequences) : item2vec(params, sequences);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (ProcessCpu.time() - cpu) / 1e9;
    TrainedVectors vectors =
        mllib ? TrainedVectors.of((Word2VecModel) model) : TrainedVectors.of((Item2VecModel) model);
    HeldOutRatings.Score score = ratings.score(vectors);
    return String.format(
        Locale.ROOT,
        "{\"seconds\": %.3f, \"cpu\": %.2f, \"map@10\": %.5f, \"hitrate@10\": %.5f}",
        seconds,
        cpuSeconds,
        score.map(),
        score.hitRate());
  }

  private static Item2VecModel item2vec(Map<String, String> params, Dataset<Row> sequences) {
    Item2Vec estimator = new Item2Vec().setItemsCol(HeldOutRatings.ITEMS);
    params.forEach((name, value) -> set(estimator, name, value));
    return estimator.fit(sequences);
  }

  private static Word2VecModel mllib(Map<String, String> params, Dataset<Row> sequences) {
    Word2Vec estimator = MllibWord2Vec.estimator(HeldOutRatings.ITEMS);
    params.forEach((name, value) -> set(estimator, name, value));
    return estimator.fit(sequences);
  }

  private static void set(Params stage, String name, String value) {
    Object typed =
        switch (stage.getParam(name).getClass().getSimpleName()) {
          case "IntParam" -> Integer.valueOf(value);
          case "LongParam" -> Long.valueOf(value);
          case "DoubleParam" -> Double.valueOf(value);
          default -> value;
        };
    stage.set(name, typed);
  }
}
