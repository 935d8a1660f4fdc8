package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Targets;
import io.github.item2vec.text.Printable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = {
      "Removes old generations, and what killed runs left.",
      "All but the newest publish.keep generations go."
    })
@HelpLayout.WithoutUseOf({"--input", "--output"})
final class PruneCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() throws IOException {
    JobConfig config = options.load().jobConfig();
    try (Targets targets = Targets.open(JobOptions.sparkSettings(), config.publish())) {
      System.out.print(Printable.of(PublishedOperations.prune(config.publish(), targets.target())));
    }
    return 0;
  }
}
