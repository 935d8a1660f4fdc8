package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.Republication;
import io.github.item2vec.job.publish.Targets;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes the lists of an earlier run (OUTPUT/recommendations).",
      "A run that is published already is not published again.",
      "With evaluation.gate, by what that run has measured: exit 5 when it refuses."
    })
@HelpLayout.WithoutUseOf("--input")
final class PublishCommand implements Callable<Integer> {
  @Mixin private JobOptions options;
  @Mixin private ResultOption result;

  @Option(
      names = "--dry-run",
      description = "Writes nothing: prints what each layout would take of Redis' memory.")
  private boolean dryRun;

  @Option(
      names = "--in-order",
      description =
          "Fails, and publishes nothing, where readers follow a run whose id comes after this one's:"
              + " for ids made of dates, when an earlier one is made up for.")
  private boolean inOrder;

  @Override
  public Integer call() throws Exception {
    return result.told(this::publish);
  }

  private String publish() throws IOException {
    JobConfig config = JobOptions.checked(options.load());
    try (SparkSession spark = JobSession.open("publish")) {
      if (dryRun) {
        return Republication.forecast(spark, config.publish(), options.output());
      }
      try (Targets targets = Targets.open(spark, config.publish())) {
        if (inOrder) {
          Republication.requireLatest(spark, config.publish(), targets.target(), options.output());
        }
        return Republication.requireGate(spark, config, targets.target(), options.output())
            + Republication.publish(spark, config.publish(), targets.target(), options.output());
      }
    }
  }
}
