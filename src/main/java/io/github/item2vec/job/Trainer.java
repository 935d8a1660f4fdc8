package io.github.item2vec.job;

import io.github.item2vec.baseline.MllibWord2Vec;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.progress.ProgressListener;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** {@code training.*} to an estimator, and its model as {@link TrainedModel}. Driver only. */
public final class Trainer {
  private final Training training;

  public Trainer(Training training) {
    this.training = training;
  }

  /**
   * Trains on one array&lt;string&gt; column.
   *
   * @param validationCol another one, with items held out; empty for none
   * @param listener told how far it is; not by Spark's own trainer
   * @throws BadInputException when no item is left after {@code training.min-count}
   */
  public TrainedModel train(
      Dataset<Row> users, String itemsCol, String validationCol, ProgressListener listener) {
    try {
      return training.trainer().equals("item2vec")
          ? item2vec(users, itemsCol, validationCol, listener)
          : mllib(users, itemsCol);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("training: " + e.getMessage());
    }
  }

  /** The estimator with the parameters of the configuration. */
  public Item2Vec estimator() {
    return new Item2Vec()
        .setArchitecture(training.architecture())
        .setWindowSize(training.windowSize())
        .setShrinkWindows(training.shrinkWindows())
        .setNegative(training.negative())
        .setNsExponent(training.nsExponent())
        .setSample(training.sample())
        .setMinCount(training.minCount())
        .setVectorSize(training.vectorSize())
        .setStepSize(training.stepSize())
        .setMinStepSize(training.minStepSize())
        .setMaxIter(training.maxIter())
        .setNumPartitions(training.numPartitions())
        .setSeed(training.seed())
        .setLoss(training.loss())
        .setInputDropout(training.inputDropout())
        .setHiddenDropout(training.hiddenDropout())
        .setContextWeight(training.contextWeight())
        .setRegParam(training.regParam())
        .setExecution(training.execution())
        .setEarlyStopping(training.earlyStopping())
        .setCheckpointDir(training.checkpointDir().orElse(""))
        .setCheckpointInterval(training.checkpointInterval());
  }

  /**
   * A model that {@code run} has saved.
   *
   * @throws ConfigException when the directory holds neither of the two kinds
   */
  static TrainedModel load(SparkSession spark, String directory) {
    String type = modelClass(spark, directory);
    if (type.equals(Item2VecModel.class.getName())) {
      return item2vec(Item2VecModel.load(directory));
    }
    if (type.equals(Word2VecModel.class.getName())) {
      Word2VecModel model = Word2VecModel.load(directory);
      return new TrainedModel(model, MllibWord2Vec.itemVectors(model));
    }
    throw new ConfigException("--model %s: a %s, not a model of run".formatted(directory, type));
  }

  private static String modelClass(SparkSession spark, String directory) {
    try {
      String metadata = new Path(directory, "metadata").toString();
      return spark.read().json(metadata).select("class").first().getString(0);
    } catch (Exception e) {
      throw new ConfigException(
          "--model %s: no saved model: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private TrainedModel item2vec(
      Dataset<Row> users, String itemsCol, String validationCol, ProgressListener listener) {
    Item2Vec estimator =
        estimator()
            .setItemsCol(itemsCol)
            .setValidationCol(validationCol)
            .setProgressListener(listener);
    return item2vec(estimator.fit(users));
  }

  private static TrainedModel item2vec(Item2VecModel model) {
    return new TrainedModel(model, model.itemVectors());
  }

  /** Spark's own Word2Vec with the same parameters, whatever {@code training.trainer} says. */
  TrainedModel mllib(Dataset<Row> users, String itemsCol) {
    Word2Vec estimator =
        MllibWord2Vec.estimator(itemsCol)
            .setWindowSize(training.windowSize())
            .setMinCount(training.minCount())
            .setVectorSize(training.vectorSize())
            .setStepSize(Architecture.SKIP_GRAM.stepSize(training.stepSize()))
            .setMaxIter(Architecture.SKIP_GRAM.maxIter(training.maxIter()))
            .setNumPartitions(training.numPartitions())
            .setSeed(training.seed());
    Word2VecModel model = estimator.fit(users);
    return new TrainedModel(model, MllibWord2Vec.itemVectors(model));
  }

  /** The parameters that the chosen trainer heeds, under their configuration names. */
  public Map<String, Object> params() {
    return params(training.trainer().equals("item2vec"));
  }

  /** The parameters that {@link #mllib} heeds. */
  Map<String, Object> mllibParams() {
    return params(false);
  }

  private Map<String, Object> params(boolean item2vec) {
    Architecture architecture =
        item2vec ? Architecture.of(training.architecture()) : Architecture.SKIP_GRAM;
    boolean basket = architecture == Architecture.BASKET;
    Map<String, Object> params = new LinkedHashMap<>();
    if (item2vec) {
      params.put("architecture", architecture.label());
    }
    params.put("min-count", training.minCount());
    params.put("vector-size", training.vectorSize());
    params.put("step-size", architecture.stepSize(training.stepSize()));
    params.put("max-iter", architecture.maxIter(training.maxIter()));
    params.put("seed", training.seed());
    if (item2vec) {
      params.put("min-step-size", training.minStepSize());
      params.put("negative", architecture.negative(training.negative()));
      params.put("ns-exponent", training.nsExponent());
    }
    if (basket) {
      params.put("loss", training.loss());
      params.put("input-dropout", training.inputDropout());
      params.put("hidden-dropout", training.hiddenDropout());
      params.put("context-weight", training.contextWeight());
      params.put("reg-param", training.regParam());
    } else {
      params.put("window-size", training.windowSize());
      params.put("num-partitions", training.numPartitions());
    }
    if (item2vec && !basket) {
      params.put("shrink-windows", training.shrinkWindows());
      params.put("sample", training.sample());
    }
    return params;
  }
}
