package io.github.item2vec.job;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.Columns;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.job.run.JobMetrics;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.SavedFiles;
import io.github.item2vec.recommend.ItemVectors;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where a run's model comes from: a training, or a directory. Driver only. */
final class ModelSource {
  private final SparkSession spark;
  private final JobConfig config;
  private final Optional<String> directory;
  private final Trainer trainer;
  private final RunRecord run;
  private final JobMetrics metrics;

  /**
   * @param directory of a saved model; empty to train one
   */
  ModelSource(
      SparkSession spark,
      JobConfig config,
      Optional<String> directory,
      RunRecord run,
      JobMetrics metrics) {
    this.spark = spark;
    this.config = config;
    this.directory = directory;
    this.trainer = new Trainer(config.training());
    this.run = run;
    this.metrics = metrics;
  }

  /** Whether it is a directory. */
  boolean saved() {
    return directory.isPresent();
  }

  /** The name of the stage. */
  String stage() {
    return saved() ? "load" : "train";
  }

  /** The trainer's name, or the directory. */
  @Override
  public String toString() {
    return directory.orElse(config.training().trainer().word());
  }

  /**
   * Trains or loads, and tells the record.
   *
   * @param users to train on
   * @param ratings whose items a saved model is compared with
   */
  TrainedModel model(Dataset<Row> users, Ratings ratings) {
    return directory.map(saved -> load(saved, ratings)).orElseGet(() -> train(users));
  }

  private TrainedModel load(String saved, Ratings ratings) {
    run.trainer("item2vec", Map.of("model", saved));
    TrainedModel model = Trainer.load(spark, saved);
    SavedFiles files = SavedFiles.model(spark.sessionState().newHadoopConf(), saved);
    ItemVectors vectors = model.vectors();
    long known = ratings.countItems(vectors::contains);
    run.model(
        new RunRecord.Model(
            saved,
            files.files(),
            files.bytes(),
            files.digest(),
            vectors.size(),
            ratings.items() - known));
    return model;
  }

  private TrainedModel train(Dataset<Row> users) {
    String name = config.training().trainer().word();
    run.trainer(name, trainer.params(0));
    String validation = config.split().validated() ? Columns.VALIDATION : "";
    TrainedModel trained =
        trainer.train(users, Columns.TRAIN, validation, metrics.training(new EpochProgress()));
    trained
        .summary()
        .ifPresent(
            summary -> {
              metrics.trained(summary);
              run.trainer(name, trainer.params(summary.itemsPerEpoch()));
            });
    return trained;
  }
}
