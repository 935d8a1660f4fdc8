package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.ShownList;
import io.github.item2vec.job.publish.Targets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Reads one user's list back from Redis.",
      "Prints rank, item id, and title where input.titles names a file."
    })
@HelpLayout.WithoutUseOf("--input")
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
      paramLabel = "NAME",
      description =
          "list-text | list-binary | packed | indexed | bucketed (default: publish.layout).")
  private String layout;

  @Override
  public Integer call() {
    JobConfig config =
        (layout == null ? options.load() : options.load("publish.layout=" + layout)).jobConfig();
    try (Targets targets = Targets.open(JobOptions.sparkSettings(), config.publish())) {
      System.out.print(
          ShownList.list(
              JobOptions.hadoopSettings(), config, targets.target(), options.output(), user));
    }
    return 0;
  }
}
