package io.github.item2vec.job.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.item2vec.files.WholeFile;
import io.github.item2vec.job.publish.SavedLists;
import io.github.item2vec.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * {@code OUTPUT/run.json}: what a run was told, did and found. Says RUNNING from the start, so that
 * an earlier run's success never stands over a killed one's output; the last thing a run does is to
 * replace it by SUCCEEDED or FAILED, just after {@code report.html}, the same to be read. Each
 * write is a temporary file and a rename. Driver only.
 */
public final class RunManifest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Configuration hadoop;
  private final OutputLease lease;
  private final Path file;
  private final long startNanos = System.nanoTime();
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> details = new LinkedHashMap<>();

  private RunManifest(Configuration hadoop, OutputLease lease, Path file) {
    this.hadoop = hadoop;
    this.lease = lease;
    this.file = file;
  }

  /** An id for a run that has none: the time and eight random digits. */
  public static String newRunId() {
    return RUN_TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Begins a run and says so in the file. The output is this run's until it ends.
   *
   * @throws OutputBusyException when another run is at work on it
   */
  public static RunManifest start(Configuration hadoop, String output, String runId, long seed) {
    OutputLease lease = OutputLease.acquire(hadoop, output, runId);
    RunManifest manifest = new RunManifest(hadoop, lease, new Path(output, "run.json"));
    manifest.put("status", "RUNNING");
    manifest.put("runId", runId);
    manifest.put("version", Version.current());
    manifest.put("seed", seed);
    manifest.put("startedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    manifest.put("seconds", 0.0);
    try {
      manifest.write();
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    return manifest;
  }

  public void put(String field, Object value) {
    fields.put(field, value);
  }

  /** What report.html shows besides the fields. */
  public void show(Map<String, Object> shown) {
    details.putAll(shown);
  }

  /** A field as it was put; null when the run has not come to it. */
  public Object field(String name) {
    return fields.get(name);
  }

  /** Path of the file. */
  public String path() {
    return file.toString();
  }

  /** Runs what the command is for and tells in the file how it went. */
  public <T> T tell(Stages stages, Supplier<T> body) {
    try {
      T result = body.get();
      put("timings", stages.seconds());
      end("SUCCEEDED");
      lease.close();
      return result;
    } catch (Throwable failure) {
      put("timings", stages.seconds());
      failed(failure);
      throw failure;
    }
  }

  /** Whether the run of that id has ended well in that output. */
  public static boolean finished(Configuration hadoop, String output, String runId) {
    return SavedLists.manifest(hadoop, output)
        .filter(run -> run.path("runId").asText().equals(runId))
        .filter(run -> run.path("status").asText().equals("SUCCEEDED"))
        .isPresent();
  }

  /** To be asked before anything is written to the output, see {@link OutputLease}. */
  public void requireOutput() {
    lease.requireHeld();
  }

  /** Records the failure; when even that fails, the reason is added to it as suppressed. */
  private void failed(Throwable failure) {
    put("error", Failure.message(failure));
    put("exitCode", Failure.exitCode(failure));
    try {
      end("FAILED");
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    lease.close();
  }

  private void end(String status) {
    requireOutput();
    put("status", status);
    put("seconds", Math.round((System.nanoTime() - startNanos) / 1e6) / 1000.0);
    replace(new Path(file.getParent(), "report.html"), RunReport.html(fields, details));
    write();
  }

  private void write() {
    try {
      replace(file, JSON.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run.json: a field is no JSON", e);
    }
  }

  /** Writes a file of the run's output; who reads it sees the old one or all of the new. */
  public void replace(Path path, String text) {
    replace(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void replace(Path path, byte[] content) {
    try {
      WholeFile.write(hadoop, path, out -> out.write(content));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }
}
