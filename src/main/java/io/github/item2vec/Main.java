package io.github.item2vec;

import io.github.item2vec.job.Failure;
import io.github.item2vec.job.Version;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The entry point that {@code spark-submit} calls. A failure leaves {@code main} as Spark's own
 * exception for a user program's exit code: in client mode SparkSubmit exits with that code, on
 * YARN the application master reports FAILED with it. Success returns; nothing calls {@code
 * System.exit}.
 */
@Command(
    name = "./submit.sh",
    description = "Item embeddings and top-K recommendations from ratings, on Spark, into Redis.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.ProjectVersion.class,
    subcommands = {
      RunCommand.class,
      EvaluateCommand.class,
      DemoCommand.class,
      TuneCommand.class,
      GenerateCommand.class,
      PublishCommand.class,
      ShowCommand.class,
      GenerationsCommand.class,
      VerifyCommand.class,
      RollbackCommand.class,
      PruneCommand.class
    },
    footer = {
      "",
      "Spark's own options pass through: --master URL (default local[*]), --conf spark.KEY=VALUE, ...",
      "Exit codes: 0 done, 2 usage or configuration, 3 input data, 4 Redis, 5 quality gate,",
      "6 another run is at work on the output, 1 anything else."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs one command; see the class for how a failure is told. */
  public static void main(String[] args) throws SparkUserAppException {
    int code = execute(args);
    if (code != 0) {
      throw new SparkUserAppException(code, null);
    }
  }

  static int execute(String... args) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure));
    return commandLine.execute(args);
  }

  private static int explain(Exception failure) {
    int code = Failure.exitCode(failure);
    if (code == Failure.OTHER) {
      failure.printStackTrace(System.err);
    }
    System.err.println("item2vec-spark: " + Failure.message(failure));
    return code;
  }

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
