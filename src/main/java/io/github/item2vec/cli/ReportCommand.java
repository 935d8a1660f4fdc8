package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.compare.RunComparison;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two runs by the users that both evaluated.",
      "Prints their metrics with paired intervals, how many lists changed, and the items that gained",
      "and lost places, and writes one HTML page. Needs OUTPUT/user-metrics of both, which run and",
      "evaluate save; titles come from input.titles."
    })
@HelpLayout.WithoutUseOf({"--input", "--output", "--redis"})
final class ReportCommand implements Callable<Integer> {
  @Mixin private JobOptions options;
  @Mixin private ResultOption result;

  @Parameters(index = "0", paramLabel = "RUN_A", description = "The --output of a run.")
  private String first;

  @Parameters(
      index = "1",
      paramLabel = "RUN_B",
      description = "That of another run on the same input and split.")
  private String second;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      defaultValue = "comparison.html",
      description = "The page, any Hadoop URI (default: ${DEFAULT-VALUE}).")
  private String html;

  @Override
  public Integer call() throws Exception {
    return result.told(this::compared);
  }

  private String compared() throws IOException {
    JobConfig config = options.load().jobConfig();
    try (SparkSession spark = JobSession.open("report")) {
      return RunComparison.report(spark, config, first, second, html);
    }
  }
}
