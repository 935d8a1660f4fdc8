package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.ShownList;
import io.github.item2vec.job.publish.Targets;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Reads one user's list back from Redis: rank, item id, title (input.titles).")
final class ShowCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Option(
      names = "--user",
      paramLabel = "ID",
      required = true,
      description = "The user's id in the ratings.")
  private String user;

  @Option(
      names = "--layout",
      description =
          "list-text | list-binary | packed | indexed | bucketed (default: publish.layout).")
  private String layout;

  @Override
  public Integer call() throws IOException {
    JobConfig config =
        JobOptions.checked(
            layout == null ? options.load() : options.load("publish.layout=" + layout));
    try (SparkSession spark = JobOptions.session("show");
        Targets targets = Targets.open(spark, config.publish())) {
      System.out.print(ShownList.list(spark, config, targets.target(), options.output(), user));
    }
    return 0;
  }
}
