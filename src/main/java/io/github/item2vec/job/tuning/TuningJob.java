package io.github.item2vec.job.tuning;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Tuning.On;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.job.JobInput;
import io.github.item2vec.job.Trainer;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.job.run.Compared;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Stages;
import io.github.item2vec.tune.Importances;
import io.github.item2vec.tune.JournalFile;
import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.Trial;
import io.github.item2vec.tune.TrialResult;
import io.github.item2vec.tune.TrialState;
import io.github.item2vec.tune.TrialTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The command {@code tune}: reads and splits as a run does, tries parameters, retrains the best and
 * the defaults on all but the test part and measures both on it, once. Runs on the driver, which
 * with small data holds the users' items as numbers.
 */
public final class TuningJob {
  private static final String WARNING =
      """
      tuning.on = test chooses the parameters on the very items that they are then measured on.
      The best value is too good: it is the largest of many, luck included. Use it to compare with
      figures that were got the same way; for an honest one use tuning.on = validation.""";

  private static final String NO_RULES =
      """
      recommend.eligible, denied and denied-per-user do not count in tune: trials are measured on lists of all
      items; run and evaluate follow the rules.""";

  private static final String JOURNAL = "study/journal.log";

  /** What to do about a study that is there already. */
  public enum Start {
    /** There must be none. */
    NEW,
    /** Go on with it; begin one when there is none. */
    RESUME
  }

  private final SparkSession spark;
  private final TuningSetup setup;
  private final JobConfig config;
  private final Stages stages;
  private final RunManifest manifest;
  private final JobInput input;

  private TuningJob(SparkSession spark, TuningSetup setup, RunManifest manifest) {
    this.spark = spark;
    this.setup = setup;
    this.config = setup.config();
    this.manifest = manifest;
    manifest.record().configuration(config.settings());
    this.stages = new Stages(spark, manifest.record().runId(), manifest.output());
    this.input = new JobInput(spark, config, manifest);
  }

  /**
   * Runs or goes on with a study.
   *
   * @param output directory for run.json, best.conf and study/
   * @return the closing table; on any failure run.json says FAILED and the failure is thrown, see
   *     {@link Failure} for its exit code
   */
  public static String run(SparkSession spark, ConfigLoader loader, String output, Start start) {
    TuningSetup setup = new TuningSetup(loader);
    Configuration hadoop = spark.sessionState().newHadoopConf();
    String runId = RunManifest.newRunId();
    try (RunOutput held = RunOutput.open(hadoop, output, runId);
        JournalFile journal = HadoopJournal.open(hadoop, held, JOURNAL)) {
      if (start == Start.NEW && journal.read().length > 0) {
        throw new ConfigException(
            "%s: there is a study already; --resume goes on with it"
                .formatted(held.place(JOURNAL)));
      }
      TuningJob job =
          new TuningJob(spark, setup, RunManifest.start(held, runId, setup.tuning().seed()));
      String table = job.manifest.tell(job.stages, () -> job.runStages(journal));
      return table + "details    " + job.manifest.path() + "\n";
    }
  }

  private String runStages(JournalFile journal) {
    warn();
    try (Ratings ratings = stages.run("read", input.path(), input::read)) {
      Dataset<Row> users = input.leaveLast(ratings);
      Study study =
          new TuningStudy(spark, setup, stages)
              .run(users, journal, manifest.output().place(JOURNAL));
      Trial best =
          study
              .best()
              .orElseThrow(
                  () -> new BadInputException("no trial was completed; " + firstError(study)));
      stages.run("save", manifest.output().toString(), () -> save(study, best));
      TuningFinal result =
          stages.run(
              "retrain",
              "best and defaults on all but the test part",
              () -> compare(users, study, best));
      record(study, best, result);
      manifest.show(new Sections(StudyData.of(study)));
      return TuningSummary.of(study, best, result, setup.tuning().on().word());
    }
  }

  private void warn() {
    List<String> warnings = new ArrayList<>();
    if (setup.tuning().on() == On.TEST) {
      warnings.add(WARNING);
    }
    if (config.recommend().rules().any()) {
      warnings.add(NO_RULES);
    }
    if (!warnings.isEmpty()) {
      warnings.replaceAll(warning -> warning.replaceAll("\\s+", " "));
      warnings.forEach(Console.standard()::warn);
      manifest.record().warnings("WARNING: " + String.join(" WARNING: ", warnings));
    }
  }

  private static String firstError(Study study) {
    return study.trials().stream()
        .filter(trial -> trial.state() == TrialState.FAIL)
        .findFirst()
        .map(
            trial ->
                "trial %d: %s".formatted(trial.number(), trial.attributes().get(TrialResult.ERROR)))
        .orElse("all were pruned");
  }

  private TuningFinal compare(Dataset<Row> users, Study study, Trial best) {
    boolean trainable = study.trials().get(0).state() != TrialState.FAIL;
    return TuningFinal.of(
        users,
        config,
        new Trainer(setup.training(best.params())),
        trainable ? Optional.of(new Trainer(config.training())) : Optional.empty(),
        setup.tuning().seed());
  }

  /** What report.html shows besides. */
  private record Sections(StudyData study) {}

  private void record(Study study, Trial best, TuningFinal result) {
    RunRecord run = manifest.record();
    run.trainer("best", new Trainer(setup.training(best.params())).params(0));
    run.measured(result.best(), RunRecord.Users.evaluated(result.users()));
    if (result.gain().isPresent()) {
      run.baselines(Map.of("defaults", result.defaults()));
    }
    run.comparison(result.comparison());
    OptionalDouble theirs = study.trials().get(0).value();
    run.tuning(
        new RunRecord.Tuning(
            setup.tuning().on().word(),
            study.trials().size(),
            states(study),
            study.trials().stream()
                .filter(trial -> trial.attributes().containsKey(TrialResult.REUSES))
                .count(),
            new RunRecord.Choice(best.value().getAsDouble(), best.number(), best.params()),
            new RunRecord.Choice(
                theirs.isPresent() ? theirs.getAsDouble() : null, null, setup.defaults()),
            result.gain().map(Compared.Difference::of).orElse(null),
            Importances.of(study)));
  }

  /** Trials by how they ended, where there are any. */
  private static Map<String, Long> states(Study study) {
    Map<String, Long> states = new LinkedHashMap<>();
    for (TrialState state : TrialState.values()) {
      long trials = study.trials().stream().filter(trial -> trial.state() == state).count();
      if (trials > 0) {
        states.put(state.name().toLowerCase(Locale.ROOT), trials);
      }
    }
    return states;
  }

  private boolean save(Study study, Trial best) {
    String conf =
        String.format(
            Locale.ROOT,
            "# map@10 %.5f on the %s items: trial %d of %d. ./submit.sh run --conf best.conf --input ...%n%s",
            best.value().getAsDouble(),
            setup.tuning().on().word(),
            best.number(),
            study.trials().size(),
            setup.snippet(best.params()));
    RunOutput output = manifest.output();
    output.write("study/trials.csv", TrialTable.csv(study).getBytes(StandardCharsets.UTF_8));
    output.write("best.conf", conf.getBytes(StandardCharsets.UTF_8));
    return true;
  }
}
