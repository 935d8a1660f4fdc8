package io.github.item2vec.cli;

import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Targets;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares what readers get with what was published.",
      "The users of the generation that readers follow; exit 4 when some are missing."
    })
@HelpLayout.WithoutUseOf("--input")
final class VerifyCommand implements Callable<Integer> {
  @Mixin private JobOptions options;
  @Mixin private ResultOption result;

  @Option(
      names = "--contents",
      description = "Also compares each list with OUTPUT/recommendations of the run.")
  private boolean contents;

  @Override
  public Integer call() throws Exception {
    return result.told(this::verify);
  }

  private String verify() throws IOException {
    ConfigLoader loader = options.load();
    return contents ? verifyContents(JobOptions.checked(loader)) : verify(loader.jobConfig());
  }

  private static String verify(JobConfig config) {
    try (Targets targets = Targets.open(JobOptions.sparkSettings(), config.publish())) {
      return PublishedOperations.verify(config.publish(), targets.target());
    }
  }

  private String verifyContents(JobConfig config) throws IOException {
    try (SparkSession spark = JobSession.open("verify");
        Targets targets = Targets.open(JobOptions.sparkSettings(), config.publish())) {
      return PublishedOperations.verifyContents(
          spark, config.publish(), targets.target(), options.output());
    }
  }
}
