package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Targets;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "generations",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what is published under the prefix.",
      "Per generation: id, layout, run, time, users, bytes."
    })
@HelpLayout.WithoutUseOf({"--input", "--output"})
final class GenerationsCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() throws IOException {
    JobConfig config = options.load().jobConfig();
    try (Targets targets = Targets.open(JobOptions.sparkSettings(), config.publish())) {
      System.out.print(PublishedOperations.list(config.publish(), targets.target()));
    }
    return 0;
  }
}
