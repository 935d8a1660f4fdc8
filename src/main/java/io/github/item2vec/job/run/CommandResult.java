package io.github.item2vec.job.run;

import io.github.item2vec.files.WholeFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * How a command went, as a file: what run.json is to a run. Driver only.
 *
 * @param status RUNNING, SUCCEEDED or FAILED
 * @param exitCode null, and not written, while it runs, as is the message
 * @param message what the command said, or the reason of its failure
 */
public record CommandResult(
    String status, String version, String startedAt, Integer exitCode, String message) {
  /**
   * Runs a command; the file says RUNNING meanwhile, then SUCCEEDED with what the command said, or
   * FAILED with its exit code and the reason. Each write is a temporary file and a rename.
   *
   * @return what the command said
   * @throws Exception the command's failure
   */
  public static String record(Configuration hadoop, String file, Callable<String> command)
      throws Exception {
    CommandResult running =
        new CommandResult(
            "RUNNING",
            Version.current(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            null,
            null);
    running.write(hadoop, file);
    try {
      String said = command.call();
      running.ended("SUCCEEDED", 0, said.strip()).write(hadoop, file);
      return said;
    } catch (Exception failure) {
      try {
        running
            .ended("FAILED", Failure.exitCode(failure), Failure.message(failure))
            .write(hadoop, file);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  private CommandResult ended(String how, int code, String said) {
    return new CommandResult(how, version, startedAt, code, said);
  }

  private void write(Configuration hadoop, String file) throws IOException {
    byte[] json = RunManifest.JSON.writeValueAsBytes(this);
    WholeFile.write(hadoop, new Path(file), out -> out.write(json));
  }
}
