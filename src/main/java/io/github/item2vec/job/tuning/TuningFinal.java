package io.github.item2vec.job.tuning;

import static org.apache.spark.sql.functions.col;

import io.github.item2vec.baseline.Popularity;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.Columns;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.PairedDifference;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.job.Choices;
import io.github.item2vec.job.EpochProgress;
import io.github.item2vec.job.LeftOutItems;
import io.github.item2vec.job.TrainedModel;
import io.github.item2vec.job.Trainer;
import io.github.item2vec.job.run.Compared;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The best parameters beside the defaults, both trained on all but the test part and measured on
 * it.
 *
 * @param users with a test part
 * @param best metrics of the best parameters
 * @param defaults metrics of the configuration's own; empty when it cannot be trained
 * @param gain of the best over the defaults in {@link RunRecord#METRIC}, where there are both
 * @param comparison the intervals of each, by name
 */
record TuningFinal(
    long users,
    Map<String, Double> best,
    Map<String, Double> defaults,
    Optional<PairedDifference> gain,
    Map<String, Compared> comparison) {
  private static final int K = RankingMetric.K;
  private static final String BEST_ITEMS = "bestItems";

  /**
   * Trains both and ranks for each user.
   *
   * @param users columns user, context and test, and rated where the rule looks at it
   * @param defaults empty when their trial failed
   */
  static TuningFinal of(
      Dataset<Row> users, JobConfig config, Trainer best, Optional<Trainer> defaults, long seed) {
    Recommender recommender =
        new Recommender(
                K,
                Choices.of(config.recommend().coldUsers()),
                Popularity.count(users, Recommendations.CONTEXT))
            .seen(LeftOutItems.seen(config.recommend().leaveOut()));
    Dataset<Row> plain = users.drop(Columns.TRAIN, Columns.VALIDATION, Columns.RATED_AT);
    Dataset<Row> bestLists =
        lists(plain, best, recommender).withColumnRenamed(Recommendations.ITEMS, BEST_ITEMS);
    Dataset<Row> lists =
        defaults
            .map(trainer -> lists(bestLists, trainer, recommender))
            .orElse(bestLists)
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Integer> cutOffs =
        Stream.concat(config.evaluation().k().stream().filter(k -> k < K), Stream.of(K)).toList();
    MetricReport ours =
        TopKEvaluator.report(
            lists.select(
                col(Columns.USER), col(BEST_ITEMS).as(Recommendations.ITEMS), col(Columns.TEST)),
            cutOffs,
            seed,
            null);
    TuningFinal result =
        defaults
            .map(trainer -> TopKEvaluator.report(lists, cutOffs, seed, null))
            .map(theirs -> of(ours, theirs))
            .orElseGet(
                () ->
                    new TuningFinal(
                        ours.users(),
                        ours.metrics(),
                        Map.of(),
                        Optional.empty(),
                        Map.of("model", Compared.tuned(ours))));
    lists.unpersist();
    return result;
  }

  private static TuningFinal of(MetricReport ours, MetricReport theirs) {
    return new TuningFinal(
        ours.users(),
        ours.metrics(),
        theirs.metrics(),
        Optional.of(ours.minus(theirs, RunRecord.METRIC)),
        comparison(ours, theirs));
  }

  private static Map<String, Compared> comparison(MetricReport ours, MetricReport theirs) {
    Map<String, Compared> compared = new LinkedHashMap<>();
    compared.put("model", Compared.tuned(ours));
    compared.put("defaults", Compared.tuned(theirs));
    return compared;
  }

  private static Dataset<Row> lists(Dataset<Row> users, Trainer trainer, Recommender recommender) {
    TrainedModel model = trainer.train(users, Recommendations.CONTEXT, "", new EpochProgress());
    return recommender
        .byVectors(users, model.vectors())
        .drop(Recommendations.SCORES, Recommendations.COLD);
  }
}
