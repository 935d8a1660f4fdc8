package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.PublishedOperations;
import io.github.item2vec.job.publish.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Lets readers follow the generation before the current one again.",
      "The current one is withdrawn."
    })
@HelpLayout.WithoutUseOf({"--input", "--output"})
final class RollbackCommand implements Callable<Integer> {
  @Mixin private JobOptions options;
  @Mixin private ResultOption result;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "Only where readers follow this run's generation; so a second time is harmless.")
  private String runId;

  @Option(
      names = "--to",
      paramLabel = "ID",
      description =
          "The generation to follow instead, as `generations` lists it, older or newer, withdrawn or"
              + " not; one per layout, may be repeated.")
  private List<String> to = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    return result.told(this::rollback);
  }

  private String rollback() throws IOException {
    JobConfig config = options.load().jobConfig();
    try (Targets targets = Targets.open(JobOptions.sparkSettings(), config.publish())) {
      return PublishedOperations.rollback(
          config.publish(), targets.target(), Optional.ofNullable(runId), to);
    }
  }
}
