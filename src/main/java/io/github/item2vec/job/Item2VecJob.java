package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import io.github.item2vec.baseline.Popularity;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Recommend.Rules;
import io.github.item2vec.data.Columns;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.job.publish.Gate;
import io.github.item2vec.job.publish.Layouts;
import io.github.item2vec.job.publish.Publication;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.job.run.GateCheck;
import io.github.item2vec.job.run.JobMetrics;
import io.github.item2vec.job.run.Published;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Stages;
import io.github.item2vec.recommend.PopularItems;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Recommender;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Ratings in, recommendations in Redis out: the stages one after another, and run.json. Runs on the
 * driver, which holds counts, scalars and one model's vectors; rows stay on the executors.
 */
public final class Item2VecJob {
  private final SparkSession spark;
  private final JobConfig config;
  private final Optional<RedisTarget> target;
  private final Stages stages;
  private final RunManifest manifest;
  private final RunRecord run;
  private final JobInput input;
  private final JobMetrics metrics;
  private final ModelSource source;

  private Item2VecJob(
      SparkSession spark,
      JobConfig config,
      Optional<String> model,
      Optional<RedisTarget> target,
      String output,
      String runId) {
    this.spark = spark;
    this.config = config;
    this.target = target;
    this.manifest =
        RunManifest.start(
            spark.sessionState().newHadoopConf(), output, runId, config.training().seed());
    this.run = manifest.record();
    run.configuration(config.settings());
    this.stages = new Stages(spark, runId, manifest.output());
    this.input = new JobInput(spark, config, manifest);
    this.metrics = new JobMetrics(spark.sparkContext());
    this.source = new ModelSource(spark, config, model, run, metrics);
  }

  /**
   * Runs the whole job under an id of its own.
   *
   * @param target where to publish; empty = nowhere
   * @param output directory for run.json, model, recommendations, user-metrics, ids, rejected
   * @return the manifest as written; on any failure it is written with status FAILED and the
   *     failure thrown, see {@link Failure} for its exit code
   */
  public static RunManifest run(
      SparkSession spark, JobConfig config, Optional<RedisTarget> target, String output) {
    return run(spark, config, Optional.empty(), target, output, RunManifest.newRunId());
  }

  /**
   * The same under a given id; what a run of that id has published is not published again.
   *
   * @param model directory of a saved model to recommend by, which is neither copied nor changed;
   *     empty to train one
   * @param runId names the run in run.json and in Redis
   * @return as {@link #run(SparkSession, JobConfig, Optional, String)}
   */
  public static RunManifest run(
      SparkSession spark,
      JobConfig config,
      Optional<String> model,
      Optional<RedisTarget> target,
      String output,
      String runId) {
    Item2VecJob job = new Item2VecJob(spark, config, model, target, output, runId);
    return job.told(job::runStages);
  }

  /**
   * Measures without saving or publishing.
   *
   * @param model directory of a saved model; empty to train one
   * @param target what the quality gate compares with, see {@code evaluation.gate}; empty = no gate
   * @param output directory for run.json, report.html, user-metrics and rejected
   * @return as {@link #run}
   */
  public static RunManifest evaluate(
      SparkSession spark,
      JobConfig config,
      Optional<String> model,
      Optional<RedisTarget> target,
      String output) {
    Item2VecJob job = new Item2VecJob(spark, config, model, target, output, RunManifest.newRunId());
    return job.told(job::evaluateStages);
  }

  private RunManifest told(Runnable body) {
    return manifest.tell(
        stages,
        () -> {
          body.run();
          return manifest;
        });
  }

  /** What the last stages need. */
  private record Lists(
      TrainedModel trained, Dataset<Row> rows, PopularItems popular, ListRules rules) {}

  private void runStages() {
    Titles titles = titles();
    Publication publication = new Publication(spark, config.publish(), target, manifest.output());
    publication.preflight();
    measure(
        titles,
        ratings ->
            publication.requireRoom(
                ratings.users() + ratings.usersWithoutKept(),
                Math.toIntExact(ratings.items()),
                config.recommend().k()),
        lists -> publish(publication, lists));
  }

  private void publish(Publication publication, Lists lists) {
    int k = config.publish().similarItems();
    if (k == 0) {
      publish(publication, lists, Optional.empty());
      return;
    }
    try (SimilarItems similar =
        stages.run(
            "recommend",
            "similar items, top " + k,
            () -> SimilarItems.of(spark, lists.rules, lists.trained.vectors(), k))) {
      run.similarItems(similar.counts());
      publish(publication, lists, Optional.of(similar.lists()));
    }
  }

  private void publish(Publication publication, Lists lists, Optional<Dataset<Row>> similar) {
    stages.run("save", manifest.output().toString(), () -> save(lists, similar));
    double quality = requireGate();
    Published published =
        stages.run(
            "publish",
            publication.description(),
            () ->
                publication.publish(
                    run.runId(),
                    quality,
                    lists.rows,
                    similar,
                    lists.trained.catalogue(lists.popular)));
    run.publish(published);
    metrics.published(published.users());
  }

  /** Nothing is saved but run.json, the report and the metrics of each user. */
  private void evaluateStages() {
    measure(
        titles(),
        ratings -> {},
        lists -> {
          stages.run("save", manifest.output().toString(), () -> saveUserMetrics(lists.rows));
          requireGate();
        });
  }

  /** Reads, splits, trains (or loads), recommends, measures and reports. */
  private void measure(Titles titles, Consumer<Ratings> room, Consumer<Lists> last) {
    try (ListRules rules = rules();
        Ratings ratings = stages.run("read", input.path(), this::read, Outcomes::of)) {
      room.accept(ratings);
      Dataset<Row> users =
          stages.run(
              "split",
              splitName(),
              () -> rules.addTo(input.split(ratings)),
              parts -> Outcomes.of(run.split()));
      PopularItems popular = popular(users);
      BaselineStages baselines = new BaselineStages(config, stages, run, popular);
      if (!source.saved()) {
        rules.requireSome(Set.copyOf(popular.items())::contains, "the train part", popular::items);
      }
      TrainedModel trained =
          stages.run(
              source.stage(),
              source.toString(),
              () -> source.model(users, ratings),
              TrainedModel::outcome);
      Double trainSeconds = source.saved() ? null : Double.valueOf(stages.lastSeconds());
      Recommender recommender = recommender(rules, users, trained, popular);
      Dataset<Row> lists = lists(users, trained, recommender);
      Comparison comparison =
          new Comparison(config.evaluation().k(), config.training().seed(), popular);
      evaluate(comparison, lists, trained, trainSeconds);
      baselines.measure(comparison, users, recommender);
      report(titles, ratings.users(), trained, lists, popular);
      last.accept(new Lists(trained, lists, popular, rules));
      lists.unpersist();
    }
  }

  /** Read before anything else, so that a wrong path costs no training. */
  private Titles titles() {
    return Titles.read(spark.sessionState().newHadoopConf(), config.input().titles());
  }

  private void report(
      Titles titles, long users, TrainedModel trained, Dataset<Row> lists, PopularItems popular) {
    trained.summary().ifPresent(run::training);
    trained.rule().ifPresent(run::profile);
    ReportData data = new ReportData(config, titles);
    manifest.show(
        stages.run(
            "report",
            "map of the items, long tail, sample users",
            () -> data.of(lists, trained.vectors(), popular, users)));
  }

  private Ratings read() {
    Ratings ratings = input.read();
    metrics.read(ratings);
    return ratings;
  }

  private PopularItems popular(Dataset<Row> users) {
    return stages.run(
        source.saved() ? "recommend" : "train",
        "popularity",
        () -> Popularity.count(users, Columns.TRAIN));
  }

  /** Read before the ratings are, for the same reason. */
  private ListRules rules() {
    Rules rules = config.recommend().rules();
    return rules.any()
        ? stages.run("read", "rules of the lists", () -> ListRules.read(spark, rules))
        : ListRules.read(spark, rules);
  }

  /** Makes all lists, the model's and the baselines'. */
  private Recommender recommender(
      ListRules rules, Dataset<Row> users, TrainedModel trained, PopularItems popular) {
    if (config.recommend().rules().any()) {
      run.rules(stages.run("recommend", "rules", () -> rules.counts(users, trained.vectors())));
      Console.standard()
          .say(run.rules() + "; all lists, those that are measured too, follow the rules");
    }
    return rules.applied(
        new Recommender(config.recommend().k(), Choices.of(config.recommend().coldUsers()), popular)
            .seen(LeftOutItems.seen(config.recommend().leaveOut())));
  }

  /** The model's lists, computed and cached. */
  private Dataset<Row> lists(Dataset<Row> users, TrainedModel trained, Recommender recommender) {
    Dataset<Row> lists =
        recommender.byVectors(users, trained.vectors()).persist(StorageLevel.MEMORY_AND_DISK());
    long cold = stages.run("recommend", "top " + config.recommend().k(), () -> cold(lists));
    run.coldUsers(new RunRecord.ColdLists(config.recommend().coldUsers().word(), cold));
    return lists;
  }

  private String splitName() {
    return config.split().by().word();
  }

  /** Computes the lists (they stay persisted) and counts the users without a profile. */
  private static long cold(Dataset<Row> lists) {
    return lists.agg(count_if(col(Recommendations.COLD))).first().getLong(0);
  }

  private void evaluate(
      Comparison comparison, Dataset<Row> lists, TrainedModel trained, Double trainSeconds) {
    MetricReport report =
        stages.run(
            "evaluate",
            "full ranking",
            () -> comparison.model(lists, trained.vectors(), trainSeconds),
            Outcomes::of);
    run.measured(report.metrics(), RunRecord.Users.of(report));
  }

  private boolean save(Lists lists, Optional<Dataset<Row>> similar) {
    saveUserMetrics(lists.rows);
    SavedResult result = new SavedResult(spark, manifest);
    if (!source.saved()) {
      result.model(lists.trained.model());
    }
    if (config.recommend().save()) {
      result.lists(lists.rows);
      similar.ifPresent(result::similar);
    }
    return config.recommend().save();
  }

  private boolean saveUserMetrics(Dataset<Row> lists) {
    return new SavedResult(spark, manifest).userMetrics(lists, config.evaluation());
  }

  /** The metric that the gate looks at; not a number when nothing was evaluated. */
  private double requireGate() {
    double model = Gate.metric(run.metrics());
    if (target.isPresent() && config.evaluation().gated()) {
      GateCheck checked =
          new Gate(config.evaluation())
              .check(
                  model,
                  Gate.metric(run.baselines().get("popularity")),
                  target.get(),
                  config.publish().prefix(),
                  Layouts.of(config.publish()));
      run.gate(checked);
      checked.require();
    }
    return model;
  }
}
