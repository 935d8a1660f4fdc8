package io.github.item2vec.job;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.apache.spark.sql.functions.col;

import io.github.item2vec.baseline.Als;
import io.github.item2vec.baseline.Ease;
import io.github.item2vec.baseline.FollowingItems;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Evaluation.Baseline;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.data.Columns;
import io.github.item2vec.data.LeaveLast;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a user would pick instead, trained on the same train part and scored on the same context.
 * Where a grid is to be chosen from, each setting is trained without the last items of each user's
 * train part, ranked by map@10 on those, and the best one is trained on the whole train part; the
 * test part is not looked at. Driver only.
 */
final class Baselines {
  private final JobConfig config;
  private final Dataset<Row> users;
  private final Recommender recommender;
  private final Dataset<Row> inner;

  /**
   * @param users with columns user, train, context; cached
   */
  Baselines(JobConfig config, Dataset<Row> users, Recommender recommender) {
    this.config = config;
    this.users = users;
    this.recommender = recommender;
    this.inner =
        new LeaveLast(3, 0)
            .split(users.withColumn(Columns.ITEMS, col(Columns.TRAIN)))
            .withColumn(Recommendations.CONTEXT, col(Columns.TRAIN));
  }

  Contender of(Baseline baseline) {
    String name = baseline.word();
    return switch (baseline) {
      case POPULARITY -> new Contender(name, Map.of(), 0, recommender.byPopularity(users));
      case MLLIB_WORD2VEC -> mllibWord2Vec(name);
      case ALS -> als(name);
      case EASE -> ease(name, vectors -> vectors);
      case EASE_RECENCY -> ease(name, Ease::recent);
      case TRANSITIONS -> transitions(name);
    };
  }

  private Contender mllibWord2Vec(String name) {
    Trainer trainer = new Trainer(config.training());
    ItemVectors vectors = trainer.mllib(users, Columns.TRAIN).vectors();
    return new Contender(
        name, trainer.mllibParams(), vectors.bytes(), recommender.byVectors(users, vectors));
  }

  private Contender als(String name) {
    long seed = config.training().seed();
    Als.Settings best;
    try (Als als = new Als(inner, Columns.TRAIN)) {
      best =
          best(
              Als.GRID,
              als.fitsAtOnce(),
              settings -> metric(lists(inner, als.fit(settings, seed))));
    }
    try (Als als = new Als(users, Columns.TRAIN)) {
      Als.Factors factors = als.fit(best, seed);
      long rows = factors.users().count() + factors.items().count();
      Dataset<Row> lists = lists(users, factors);
      return new Contender(
          name,
          Map.of("rank", best.rank(), "reg-param", best.regParam(), "alpha", best.alpha()),
          rows * best.rank() * Float.BYTES,
          lists);
    }
  }

  private Dataset<Row> lists(Dataset<Row> some, Als.Factors factors) {
    return recommender
        .byProfiles(
            some.join(factors.users(), new String[] {Columns.USER}, "left"),
            "profile",
            factors.items())
        .drop("profile");
  }

  private Contender ease(String name, UnaryOperator<ItemVectors> rule) {
    try {
      Ease counted = Ease.count(inner, Columns.TRAIN);
      double best =
          best(
              Ease.GRID,
              1, // a fit fills the driver's memory
              lambda -> metric(recommender.byVectors(inner, rule.apply(counted.fit(lambda)))));
      ItemVectors vectors = rule.apply(Ease.count(users, Columns.TRAIN).fit(best));
      return new Contender(
          name, Map.of("lambda", best), vectors.bytes(), recommender.byVectors(users, vectors));
    } catch (IllegalArgumentException e) {
      throw new BadInputException("baseline " + e.getMessage());
    }
  }

  private Contender transitions(String name) {
    ItemVectors vectors = FollowingItems.count(users, Columns.TRAIN);
    return new Contender(name, Map.of(), vectors.bytes(), recommender.byVectors(users, vectors));
  }

  private static double metric(Dataset<Row> lists) {
    return new TopKEvaluator().setPredictionCol(Recommendations.ITEMS).evaluate(lists);
  }

  /** The first of the best. The threads inherit the description of this one's Spark jobs. */
  private static <T> T best(List<T> grid, int atOnce, ToDoubleFunction<T> metric) {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<CompletableFuture<Double>> values =
          grid.stream()
              .map(settings -> supplyAsync(() -> metric.applyAsDouble(settings), threads))
              .toList();
      T best = null;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < grid.size(); i++) {
        double value = values.get(i).join();
        if (value > highest) {
          best = grid.get(i);
          highest = value;
        }
      }
      return best;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
  }
}
