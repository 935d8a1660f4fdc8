package io.github.item2vec.job.tuning;

import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.job.Trainer;
import io.github.item2vec.train.InMemoryTraining;
import io.github.item2vec.tune.Pruner;
import io.github.item2vec.tune.StudyRun;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Small data: a trial is a Spark job of one task; several run at once, from several threads. */
final class TaskTrials implements StudyRun.Objective {
  private final JavaSparkContext spark;
  private final Broadcast<TuningData> data;
  private final Function<Map<String, Object>, Training> training;
  private final TrialFn.Watch watch;

  /**
   * @param training the whole parameters of a trial from those of the space
   */
  TaskTrials(
      JavaSparkContext spark,
      TuningData data,
      Function<Map<String, Object>, Training> training,
      TrialFn.Watch watch) {
    this.spark = spark;
    this.data = spark.broadcast(data);
    this.training = training;
    this.watch = watch;
  }

  @Override
  public TrialResult run(Trial trial, Pruner.Rule rule) {
    InMemoryTraining inMemory =
        new InMemoryTraining(new Trainer(training.apply(trial.params())).estimator());
    spark.sc().setJobDescription("trial %d: %s".formatted(trial.number(), trial.params()));
    return spark
        .parallelize(List.of(trial.number()), 1)
        .map(new TrialFn(inMemory, data, rule, watch))
        .first();
  }
}
