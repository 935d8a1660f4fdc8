package io.github.item2vec.job.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.item2vec.files.WholeFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How a command went, as a file: what run.json is to a run. Driver only. */
public final class CommandResult {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CommandResult() {}

  /**
   * Runs a command; the file says RUNNING meanwhile, then SUCCEEDED with what the command said, or
   * FAILED with its exit code and the reason. Each write is a temporary file and a rename.
   *
   * @return what the command said
   * @throws Exception the command's failure
   */
  public static String record(Configuration hadoop, String file, Callable<String> command)
      throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", "RUNNING");
    fields.put("version", Version.current());
    fields.put("startedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    write(hadoop, file, fields);
    try {
      String said = command.call();
      fields.put("status", "SUCCEEDED");
      fields.put("exitCode", 0);
      fields.put("message", said.strip());
      write(hadoop, file, fields);
      return said;
    } catch (Exception failure) {
      fields.put("status", "FAILED");
      fields.put("exitCode", Failure.exitCode(failure));
      fields.put("message", Failure.message(failure));
      try {
        write(hadoop, file, fields);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  private static void write(Configuration hadoop, String file, Map<String, Object> fields)
      throws IOException {
    WholeFile.write(hadoop, new Path(file), out -> out.write(JSON.writeValueAsBytes(fields)));
  }
}
