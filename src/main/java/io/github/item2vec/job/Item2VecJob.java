package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import io.github.item2vec.baseline.Popularity;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.Columns;
import io.github.item2vec.data.LeaveLast;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.data.RatingsSource;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.recommend.ColdUsers;
import io.github.item2vec.recommend.PopularItems;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.redis.RedisTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Ratings in, recommendations in Redis out: the stages one after another, and run.json. Runs on the
 * driver, which holds counts, scalars and one model's vectors; rows stay on the executors.
 */
public final class Item2VecJob {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final SparkSession spark;
  private final JobConfig config;
  private final Optional<RedisTarget> target;
  private final String output;
  private final Stages stages;
  private final RunManifest manifest;

  private Item2VecJob(
      SparkSession spark, JobConfig config, Optional<RedisTarget> target, String output) {
    this.spark = spark;
    this.config = config;
    this.target = target;
    this.output = output;
    this.stages = new Stages(spark);
    this.manifest =
        RunManifest.start(
            spark.sessionState().newHadoopConf(), output, runId(), config.training().seed());
  }

  /**
   * Runs the whole job.
   *
   * @param target where to publish; empty = nowhere
   * @param output directory for run.json, model, recommendations, ids, rejected
   * @return the manifest as written; on any failure it is written with status FAILED and the
   *     failure thrown, see {@link Failure} for its exit code
   */
  public static RunManifest run(
      SparkSession spark, JobConfig config, Optional<RedisTarget> target, String output) {
    Item2VecJob job = new Item2VecJob(spark, config, target, output);
    try {
      job.runStages();
      job.manifest.put("timings", job.stages.seconds());
      job.manifest.succeeded();
      return job.manifest;
    } catch (Throwable failure) {
      job.manifest.put("timings", job.stages.seconds());
      job.manifest.failed(failure);
      throw failure;
    }
  }

  private void runStages() {
    Publication publication = new Publication(spark, config.publish(), target, output);
    publication.preflight();
    try (Ratings ratings = stages.run("read", inputPath(config), this::read)) {
      publication.requireRoom(
          ratings.users(), Math.toIntExact(ratings.items()), config.recommend().k());
      Dataset<Row> users = stages.run("split", splitName(), () -> split(ratings));
      TrainedModel trained = stages.run("train", config.training().trainer(), () -> train(users));
      PopularItems popular =
          stages.run("train", "popularity", () -> Popularity.count(users, Columns.TRAIN));
      Recommender recommender = new Recommender(config.recommend().k(), coldUsers(), popular);
      Dataset<Row> lists =
          recommender.byVectors(users, trained.vectors()).persist(StorageLevel.MEMORY_AND_DISK());
      long cold = stages.run("recommend", "top " + config.recommend().k(), () -> cold(lists));
      Dataset<Row> popularLists = recommender.byPopularity(users);
      stages.run("evaluate", "full ranking", () -> evaluate(lists, popularLists, cold));
      stages.run("save", output, () -> save(trained, lists));
      requireGate();
      manifest.put(
          "publish",
          stages.run(
              "publish",
              publication.description(),
              () -> publication.publish((String) manifest.field("runId"), lists, popular.items())));
      lists.unpersist();
    }
  }

  static String inputPath(JobConfig config) {
    return config
        .input()
        .path()
        .orElseThrow(() -> new ConfigException("no ratings: give --input PATH or input.path"));
  }

  private Ratings read() {
    Ratings ratings =
        Ratings.read(spark, ratingsSource(config), new Path(output, "rejected").toString());
    manifest.put("input", counts(inputPath(config), ratings));
    return ratings;
  }

  /** What was read, for the manifest. */
  static Map<String, Object> counts(String path, Ratings ratings) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("path", path);
    input.put("rows", ratings.rows());
    input.put("rejected", ratings.rejected());
    input.put("duplicates", ratings.duplicates());
    input.put("kept", ratings.kept());
    input.put("users", ratings.users());
    input.put("items", ratings.items());
    return input;
  }

  static RatingsSource ratingsSource(JobConfig config) {
    JobConfig.Input input = config.input();
    return new RatingsSource(
        inputPath(config),
        RatingsSource.Format.valueOf(input.format().toUpperCase(Locale.ROOT)),
        RatingsSource.Order.valueOf(input.order().toUpperCase(Locale.ROOT)),
        input.minRating(),
        input.lowestRating(),
        input.highestRating(),
        input.maxRejected(),
        input.columns().user(),
        input.columns().item(),
        input.columns().rating(),
        input.columns().timestamp());
  }

  private String splitName() {
    return "leave last " + config.split().test() + " out";
  }

  /** The parts of each user, and as context all that comes before the test part. */
  private Dataset<Row> split(Ratings ratings) {
    Dataset<Row> users =
        new LeaveLast(config.split().test(), config.split().validation())
            .split(ratings.histories())
            .withColumn(
                Recommendations.CONTEXT, concat(col(Columns.TRAIN), col(Columns.VALIDATION)));
    Row sums =
        users
            .agg(
                sum(size(col(Columns.TRAIN))),
                sum(size(col(Columns.VALIDATION))),
                sum(size(col(Columns.TEST))),
                count_if(size(col(Recommendations.CONTEXT)).equalTo(0)))
            .first();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("train", sums.getLong(0));
    parts.put("validation", sums.getLong(1));
    parts.put("test", sums.getLong(2));
    parts.put("usersWithoutContext", sums.getLong(3));
    manifest.put("split", parts);
    return users;
  }

  private TrainedModel train(Dataset<Row> users) {
    Trainer trainer = new Trainer(config.training());
    manifest.put("trainer", config.training().trainer());
    manifest.put("params", trainer.params());
    return trainer.train(
        users, Columns.TRAIN, config.split().validation() > 0 ? Columns.VALIDATION : "");
  }

  private ColdUsers coldUsers() {
    return coldUsers(config);
  }

  static ColdUsers coldUsers(JobConfig config) {
    return ColdUsers.valueOf(config.recommend().coldUsers().toUpperCase(Locale.ROOT));
  }

  /** Computes the lists (they stay persisted) and counts the users without a profile. */
  private static long cold(Dataset<Row> lists) {
    return lists.agg(count_if(col(Recommendations.COLD))).first().getLong(0);
  }

  private MetricReport evaluate(Dataset<Row> lists, Dataset<Row> popularLists, long cold) {
    TopKEvaluator evaluator = new TopKEvaluator(config.evaluation().k());
    MetricReport report = evaluator.evaluate(lists);
    manifest.put("metrics", report.metrics());
    manifest.put("users", Map.of("evaluated", report.users(), "cold", cold));
    manifest.put("baselines", Map.of("popularity", evaluator.evaluate(popularLists).metrics()));
    return report;
  }

  private boolean save(TrainedModel trained, Dataset<Row> lists) {
    try {
      trained.model().write().overwrite().save(new Path(output, "model").toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model to " + output, e);
    }
    if (config.recommend().save()) {
      lists
          .where(col(Recommendations.ITEMS).isNotNull())
          .select(Recommendations.USER, Recommendations.ITEMS, Recommendations.SCORES)
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(new Path(output, "recommendations").toString());
    }
    return config.recommend().save();
  }

  private void requireGate() {
    if (config.evaluation().gate().equals("off") || target.isEmpty()) {
      return;
    }
    double model = metric(manifest.field("metrics"));
    double popularity = metric(((Map<?, ?>) manifest.field("baselines")).get("popularity"));
    if (model < popularity) {
      throw new GateException(
          "not published: map@10 %.4f is below popularity's %.4f (evaluation.gate = popularity)"
              .formatted(model, popularity));
    }
  }

  private static double metric(Object metrics) {
    return (double) ((Map<?, ?>) metrics).get(RankingMetric.MAP.at(10));
  }

  static String runId() {
    return RUN_TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
