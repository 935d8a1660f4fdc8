package io.github.item2vec.cli;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.Item2VecJob;
import io.github.item2vec.job.publish.Targets;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.text.Printable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "The whole job: from ratings to measured and published lists.",
      "Reads ratings, splits them, trains (or loads a model), recommends, evaluates, publishes."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "Names the run (default: the time and random digits). A run of that id that has succeeded"
              + " in OUTPUT is not made again; what it has published is not published again.")
  private String runId;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Recommends by a model that run has saved (OUTPUT/model) without training; DIR is not"
              + " changed. An empty text trains.")
  private String model;

  @Override
  public Integer call() throws IOException {
    if (runId != null && (runId.isBlank() || runId.chars().anyMatch(Character::isISOControl))) {
      throw new ConfigException(
          "--run-id: a text of at least one letter, without line breaks and the like, not '%s'"
              .formatted(Printable.line(runId)));
    }
    ConfigLoader loader = options.load();
    JobConfig config = JobOptions.checked(loader);
    JobOptions.tell(loader);
    try (SparkSession spark = JobSession.open("run");
        Targets targets = Targets.open(spark, config.publish())) {
      String output = options.output();
      if (runId != null
          && RunManifest.finished(spark.sessionState().newHadoopConf(), output, runId)) {
        System.out.printf(
            "run %s has succeeded already, see %s/run.json%n", runId, Printable.line(output));
        return 0;
      }
      String id = runId == null ? RunManifest.newRunId() : runId;
      Optional<String> saved = Optional.ofNullable(model).filter(text -> !text.isBlank());
      System.out.println(
          Printable.of(
              Summary.of(Item2VecJob.run(spark, config, saved, targets.target(), output, id))));
    }
    return 0;
  }
}
