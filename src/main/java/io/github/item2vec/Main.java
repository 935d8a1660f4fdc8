package io.github.item2vec;

import io.github.item2vec.cli.RootCommand;
import io.github.item2vec.job.run.Failure;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;

/**
 * The entry point that {@code spark-submit} calls. A failure leaves {@code main} as Spark's own
 * exception for a user program's exit code: in client mode SparkSubmit exits with that code, on
 * YARN the application master reports FAILED with it. Success returns; nothing calls {@code
 * System.exit}.
 */
public final class Main {
  /** Runs one command; see the class for how a failure is told. */
  public static void main(String[] args) throws SparkUserAppException {
    int code = execute(args);
    if (code != 0) {
      throw new SparkUserAppException(code, null);
    }
  }

  static int execute(String... args) {
    CommandLine commandLine = new CommandLine(new RootCommand());
    commandLine.setOverwrittenOptionsAllowed(true); // the last wins, as in spark-submit
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

  private Main() {}
}
