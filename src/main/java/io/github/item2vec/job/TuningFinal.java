package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.baseline.Popularity;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.Columns;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The best parameters beside the defaults, both trained on all but the test part and measured on
 * it.
 *
 * @param users with a test part
 * @param best metrics of the best parameters
 * @param defaults metrics of the configuration's own; empty when it cannot be trained
 * @param interval of the difference of map@10, where there is one
 */
record TuningFinal(
    long users,
    Map<String, Double> best,
    Map<String, Double> defaults,
    Optional<PairedInterval> interval) {
  private static final int K = 10;
  private static final String BEST_ITEMS = "bestItems";

  /**
   * Trains both and ranks for each user; the driver gets one number a user.
   *
   * @param users columns user, context and test
   * @param defaults empty when their trial failed
   */
  static TuningFinal of(
      Dataset<Row> users, JobConfig config, Trainer best, Optional<Trainer> defaults, long seed) {
    Recommender recommender =
        new Recommender(
            K, Item2VecJob.coldUsers(config), Popularity.count(users, Recommendations.CONTEXT));
    Dataset<Row> plain = users.select(Columns.USER, Recommendations.CONTEXT, Columns.TEST);
    Dataset<Row> bestLists =
        lists(plain, best, recommender).withColumnRenamed(Recommendations.ITEMS, BEST_ITEMS);
    Dataset<Row> lists =
        defaults
            .map(trainer -> lists(bestLists, trainer, recommender))
            .orElse(bestLists)
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Integer> cutOffs = config.evaluation().k().stream().filter(k -> k <= K).toList();
    MetricReport ours =
        TopKEvaluator.report(
            lists.select(
                col(Columns.USER), col(BEST_ITEMS).as(Recommendations.ITEMS), col(Columns.TEST)),
            cutOffs,
            seed,
            null);
    TuningFinal result =
        defaults.isEmpty()
            ? new TuningFinal(ours.users(), ours.metrics(), Map.of(), Optional.empty())
            : new TuningFinal(
                ours.users(),
                ours.metrics(),
                TopKEvaluator.report(lists, cutOffs, seed, null).metrics(),
                Optional.of(PairedInterval.of(differences(lists), seed)));
    lists.unpersist();
    return result;
  }

  /** Best minus defaults, a number a user, in the order of the users. */
  private static double[] differences(Dataset<Row> lists) {
    return lists
        .where(size(col(Columns.TEST)).gt(0))
        .orderBy(Columns.USER)
        .select(BEST_ITEMS, Recommendations.ITEMS, Columns.TEST)
        .map((MapFunction<Row, Double>) TuningFinal::difference, Encoders.DOUBLE())
        .collectAsList()
        .stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static Dataset<Row> lists(Dataset<Row> users, Trainer trainer, Recommender recommender) {
    TrainedModel model = trainer.train(users, Recommendations.CONTEXT, "");
    return recommender
        .byVectors(users, model.vectors())
        .drop(Recommendations.SCORES, Recommendations.COLD);
  }

  private static double difference(Row user) {
    Set<String> relevant = new HashSet<>(user.getList(2));
    return precision(user, 0, relevant) - precision(user, 1, relevant);
  }

  private static double precision(Row user, int column, Set<String> relevant) {
    List<String> items = user.isNullAt(column) ? List.of() : user.getList(column);
    boolean[] hits = new boolean[items.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = relevant.contains(items.get(i));
    }
    return RankingMetric.MAP.of(hits, relevant.size(), K);
  }
}
