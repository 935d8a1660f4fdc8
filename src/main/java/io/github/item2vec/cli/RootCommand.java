package io.github.item2vec.cli;

import io.github.item2vec.job.run.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's root: names the commands, and says so when none is given. */
@Command(
    name = "./submit.sh",
    description = "Item embeddings and top-K recommendations from ratings, on Spark, into Redis.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.ProjectVersion.class,
    subcommands = {
      RunCommand.class,
      EvaluateCommand.class,
      DemoCommand.class,
      TuneCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      GenerateCommand.class,
      PublishCommand.class,
      ShowCommand.class,
      GenerationsCommand.class,
      VerifyCommand.class,
      RollbackCommand.class,
      PruneCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "./submit.sh COMMAND --help lists a command's options. Spark's own pass through:",
      "--master URL (default local[*]), --driver-memory 4g, --conf spark.KEY=VALUE.",
      "",
      "Exit codes: 0 done, 2 usage or configuration, 3 input data, 4 Redis, 5 quality",
      "gate or too few users, 6 another run is at work on the output, 1 anything else."
    })
public final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a COMMAND is missing");
  }

  static final class ProjectVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"item2vec-spark " + Version.current()};
    }
  }
}
