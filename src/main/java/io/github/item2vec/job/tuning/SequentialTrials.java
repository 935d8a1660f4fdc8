package io.github.item2vec.job.tuning;

import io.github.item2vec.baseline.Popularity;
import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.data.Columns;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.job.EpochProgress;
import io.github.item2vec.job.TrainedModel;
import io.github.item2vec.job.Trainer;
import io.github.item2vec.recommend.ColdUsers;
import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.recommend.Seen;
import io.github.item2vec.tune.Pruner;
import io.github.item2vec.tune.StudyRun;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Large data: a trial trains, recommends and is measured on the executors as a run is. */
final class SequentialTrials implements StudyRun.Objective {
  private static final int K = RankingMetric.K;

  private final Dataset<Row> users;
  private final Recommender recommender;
  private final Function<Map<String, Object>, Training> training;

  /**
   * @param users columns train and context, the same items, test, those held out, and leaveOut, all
   *     that is not recommended; persisted
   * @param training the whole parameters of a trial from those of the space
   */
  SequentialTrials(
      Dataset<Row> users, ColdUsers coldUsers, Function<Map<String, Object>, Training> training) {
    this.users = users;
    this.recommender =
        new Recommender(K, coldUsers, Popularity.count(users, Columns.TRAIN)).seen(Seen.KEEP);
    this.training = training;
  }

  @Override
  public TrialResult run(Trial trial, Pruner.Rule rule) {
    TrainedModel model =
        new Trainer(training.apply(trial.params()))
            .train(users, Columns.TRAIN, "", new EpochProgress());
    double value =
        TopKEvaluator.report(
                recommender.byVectors(users, model.vectors()), List.of(K), trial.number(), null)
            .metrics()
            .getOrDefault(RankingMetric.MAP.at(K), Double.NaN);
    return TrialResult.complete(value, Map.of());
  }
}
