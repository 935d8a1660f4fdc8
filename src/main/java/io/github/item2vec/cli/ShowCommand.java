package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.ShownList;
import io.github.item2vec.job.publish.Targets;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Reads one user's list, or one item's similar items, back from Redis.",
      "Prints rank, item id, and title where input.titles names a file."
    })
@HelpLayout.WithoutUseOf("--input")
final class ShowCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @ArgGroup(multiplicity = "1")
  private Whose whose;

  /** One of the two. */
  private static final class Whose {
    @Option(
        names = "--user",
        paramLabel = "ID",
        required = true,
        description = "The user's id in the ratings.")
    private String user;

    @Option(
        names = "--item",
        paramLabel = "ID",
        required = true,
        description = "The item's id in the ratings (needs publish.similar-items).")
    private String item;
  }

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
      System.out.print(shown(config, targets));
    }
    return 0;
  }

  private String shown(JobConfig config, Targets targets) {
    return whose.item == null
        ? ShownList.list(
            JobOptions.hadoopSettings(), config, targets.target(), options.output(), whose.user)
        : ShownList.similar(
            JobOptions.hadoopSettings(), config, targets.target(), options.output(), whose.item);
  }
}
