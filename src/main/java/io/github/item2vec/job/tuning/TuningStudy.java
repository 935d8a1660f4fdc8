package io.github.item2vec.job.tuning;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig.Recommend.LeaveOut;
import io.github.item2vec.config.JobConfig.Tuning.On;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.data.Columns;
import io.github.item2vec.job.Choices;
import io.github.item2vec.job.LeftOutItems;
import io.github.item2vec.job.run.Stages;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.tune.Direction;
import io.github.item2vec.tune.JournalFile;
import io.github.item2vec.tune.JournalStorage;
import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.StudyRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** The trials of {@code tune}: their data, how they run, the journal they go to. Driver only. */
final class TuningStudy {
  /** Items in the train part up to which a trial is one task: 64 MiB as numbers. */
  private static final long MOST_ITEMS_IN_A_TASK = 1L << 24;

  /** Resolution of {@code tuning.sample}. */
  private static final long SHARES = 1_000_000;

  private final SparkSession spark;
  private final TuningSetup setup;
  private final Stages stages;

  TuningStudy(SparkSession spark, TuningSetup setup, Stages stages) {
    this.spark = spark;
    this.setup = setup;
    this.stages = stages;
  }

  /** What trials see: columns user, train, the same as context, and test, the items held out. */
  private Dataset<Row> trialUsers(Dataset<Row> users) {
    boolean onTest = setup.tuning().on() == On.TEST;
    LeaveOut rule = setup.config().recommend().leaveOut();
    long share = Math.round(setup.tuning().sample() * SHARES);
    Dataset<Row> known =
        LeftOutItems.withContext(
            onTest ? users : LeftOutItems.addBeforeValidation(users, rule), rule);
    return known
        .where(pmod(xxhash64(col(Columns.USER), lit(setup.tuning().seed())), lit(SHARES)).lt(share))
        .select(
            col(Columns.USER),
            col(Columns.TRAIN),
            col(Columns.TRAIN).as(Recommendations.CONTEXT),
            col(onTest ? Columns.TEST : Columns.VALIDATION).as(Columns.TEST),
            col(Recommendations.LEAVE_OUT));
  }

  /**
   * Runs the study of a journal to its end.
   *
   * @param users columns user, train, validation, test
   * @param path of the journal, for messages
   */
  Study run(Dataset<Row> users, JournalFile journal, String path) {
    Dataset<Row> trialUsers = trialUsers(users).persist(StorageLevel.MEMORY_AND_DISK());
    Row facts =
        trialUsers
            .agg(
                count(lit(1)),
                sum(size(col(Columns.TRAIN))),
                sum(size(col(Columns.TEST))),
                bit_xor(xxhash64(col(Columns.USER), col(Columns.TRAIN), col(Columns.TEST))))
            .first();
    if (facts.getLong(0) == 0 || facts.getLong(2) == 0) {
      throw new BadInputException("no user has held-out items to tune on");
    }
    boolean inTasks = inTasks(facts.getLong(1));
    String data =
        "%d users, %d items, %d held out, hash %016x"
            .formatted(facts.getLong(0), facts.getLong(1), facts.getLong(2), facts.getLong(3));
    Study study = open(journal, path, setup.settings(data, inTasks ? "tasks" : "sequential"));
    String what =
        "%d trials, %s"
            .formatted(setup.tuning().trials(), inTasks ? "one task each" : "one by one");
    stages.run("tune", what, () -> trials(study, trialUsers, inTasks));
    trialUsers.unpersist();
    return study;
  }

  private boolean inTasks(long items) {
    boolean possible = setup.trainsInATask();
    return switch (setup.tuning().execution()) {
      case SEQUENTIAL -> false;
      case TASKS -> {
        if (!possible) {
          throw new ConfigException(
              "tuning.execution = tasks: needs training.trainer = item2vec, and training.execution not distributed");
        }
        yield true;
      }
      case AUTO -> possible && items <= MOST_ITEMS_IN_A_TASK;
    };
  }

  private Study open(JournalFile journal, String path, Map<String, String> settings) {
    try {
      return Study.open(
          "item2vec map@10",
          setup.searchSpace(),
          Direction.MAXIMIZE,
          setup.sampler(),
          new JournalStorage(journal, setup.searchSpace()),
          settings);
    } catch (IllegalStateException e) {
      throw new ConfigException(path + ": " + e.getMessage(), e);
    }
  }

  private Study trials(Study study, Dataset<Row> trialUsers, boolean inTasks) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    StudyRun.Objective objective =
        inTasks
            ? new TaskTrials(
                context,
                TuningData.collect(trialUsers, Choices.of(setup.config().recommend().coldUsers())),
                setup::training,
                setup.prunes() ? TrialFn.Watch.EVERY_EPOCH : TrialFn.Watch.THE_LAST)
            : new SequentialTrials(
                trialUsers, Choices.of(setup.config().recommend().coldUsers()), setup::training);
    int wanted =
        setup.tuning().parallel() > 0 ? setup.tuning().parallel() : context.defaultParallelism();
    int parallel = inTasks ? Math.min(setup.tuning().inFlight(), wanted) : 1;
    TrialProgress progress = new TrialProgress(study, setup.tuning().trials());
    new StudyRun(study, setup.pruner(), setup.tuning().inFlight())
        .run(
            unlessStopped(objective),
            this::askDefaults,
            setup.tuning().trials(),
            setup.tuning().time(),
            parallel,
            progress::told);
    return study;
  }

  /** A trial that fails because Spark is being stopped, by Ctrl-C say, is to be run again. */
  private StudyRun.Objective unlessStopped(StudyRun.Objective objective) {
    return (trial, rule) -> {
      try {
        return objective.run(trial, rule);
      } catch (Exception e) {
        if (spark.sparkContext().isStopped()) {
          throw new CancellationException(
              "Spark was stopped during trial %d; --resume goes on".formatted(trial.number()));
        }
        throw e;
      }
    };
  }

  /** Trial 0: the configuration as it is, as far as the space can say it; the rest is noted. */
  private void askDefaults(Study study) {
    Map<String, Object> params = setup.searchSpace().project(setup.defaults());
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("origin", "defaults");
    setup
        .defaults()
        .forEach(
            (name, value) -> {
              if (!params.containsKey(name)) {
                attributes.put("outside the space: " + name, String.valueOf(value));
              }
            });
    study.ask(params, attributes);
  }
}
