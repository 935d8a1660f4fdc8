package io.github.item2vec.cli;

import io.github.item2vec.job.run.CommandResult;
import io.github.item2vec.text.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** {@code --result}, of the commands that leave no run.json. */
final class ResultOption {
  @Option(
      names = "--result",
      paramLabel = "FILE",
      description =
          "Also tells in this file (JSON, any Hadoop URI) how it went: status RUNNING, SUCCEEDED or"
              + " FAILED, exitCode, message. For --deploy-mode cluster, where the exit code may not.")
  private String file;

  /** Runs the command, prints what it says, and records both when that is asked for. */
  int told(Callable<String> command) throws Exception {
    System.out.print(
        Printable.of(
            file == null
                ? command.call()
                : CommandResult.record(JobOptions.hadoopSettings(), file, command)));
    return 0;
  }
}
