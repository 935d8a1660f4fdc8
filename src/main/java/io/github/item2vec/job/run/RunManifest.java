package io.github.item2vec.job.run;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonInclude.Value;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.item2vec.evaluate.Interval;
import io.github.item2vec.report.RunReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code OUTPUT/run.json}: what a run was told, did and found. Says RUNNING from the start, so that
 * an earlier run's success never stands over a killed one's output; the last thing a run does is to
 * replace it by SUCCEEDED or FAILED, just after {@code report.html}, the same to be read. Both
 * appear whole, see {@link RunOutput}. Driver only.
 */
public final class RunManifest {
  /** Fields of records that are null are left out; those of maps and lists stay. */
  public static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .setDefaultPropertyInclusion(Value.construct(Include.NON_NULL, Include.ALWAYS))
          .addMixIn(Interval.class, LowAndHigh.class);

  /** An interval is an array of its ends. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  private interface LowAndHigh {}

  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String FILE = "run.json";

  private final RunOutput output;
  private final long startNanos = System.nanoTime();
  private final RunRecord record;
  private ObjectNode details = JSON.createObjectNode();

  private RunManifest(RunOutput output, RunRecord record) {
    this.output = output;
    this.record = record;
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
    return start(RunOutput.open(hadoop, output, runId), runId, seed);
  }

  /** The same in an output that this run holds already. */
  public static RunManifest start(RunOutput output, String runId, long seed) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    RunManifest manifest = new RunManifest(output, new RunRecord(runId, seed, now));
    try {
      manifest.write();
    } catch (RuntimeException e) {
      output.close();
      throw e;
    }
    return manifest;
  }

  /** Where the run writes, and what it must hold to go on. */
  public RunOutput output() {
    return output;
  }

  /** What the file says, so far. */
  public RunRecord record() {
    return record;
  }

  /** What report.html shows besides: each component of the record is a section's data. */
  public void show(Record sections) {
    details = JSON.valueToTree(sections);
  }

  /** Path of the file. */
  public String path() {
    return output.place(FILE);
  }

  /** Runs what the command is for and tells in the file how it went. */
  public <T> T tell(Stages stages, Supplier<T> body) {
    try {
      T result = body.get();
      record.timings = stages.seconds();
      end("SUCCEEDED");
      output.close();
      return result;
    } catch (Throwable failure) {
      record.timings = stages.seconds();
      Optional<OutputBusyException> lost = failed(failure);
      if (lost.isPresent()) {
        throw lost.get();
      }
      throw failure;
    }
  }

  /** Whether the run of that id has ended well in that output. */
  public static boolean finished(Configuration hadoop, String output, String runId) {
    return RunFile.read(hadoop, output)
        .filter(run -> run.runId().equals(runId) && run.succeeded())
        .isPresent();
  }

  /**
   * Records the failure; when even that fails, the reason is added to it as suppressed. A run that
   * has lost its output fails of all kinds of things, all of them for that one reason.
   */
  private Optional<OutputBusyException> failed(Throwable failure) {
    record.error = Failure.message(failure);
    record.exitCode = Failure.exitCode(failure);
    try {
      end("FAILED");
    } catch (OutputBusyException lost) {
      lost.addSuppressed(failure);
      return Optional.of(lost);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      output.close();
    }
    return Optional.empty();
  }

  private void end(String status) {
    output.requireHeld();
    record.status = status;
    record.seconds = Math.round((System.nanoTime() - startNanos) / 1e6) / 1000.0;
    details.set("run", JSON.valueToTree(record));
    output.write("report.html", RunReport.html(details).getBytes(StandardCharsets.UTF_8));
    write();
  }

  private void write() {
    try {
      output.write(FILE, JSON.writeValueAsBytes(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("run.json: a field is no JSON", e);
    }
  }
}
