package io.github.item2vec.job.run;

import io.github.item2vec.job.console.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.slf4j.MDC;

/**
 * Runs the stages of a job by name: in the Spark UI, on the console, in log lines, and timed. Log
 * lines of the driver and of tasks get {@code mdc.run} and {@code mdc.stage} beside Spark's own
 * {@code task_name}, which holds partition and attempt. Driver only.
 */
public final class Stages {
  private static final String RUN = "mdc.run";
  private static final String STAGE = "mdc.stage";

  private final SparkSession spark;
  private final String runId;
  private final RunOutput output;
  private final String tag = "item2vec-" + UUID.randomUUID();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private double lastSeconds;

  /**
   * Stages of one job.
   *
   * @param runId the job's, for log lines
   * @param output asked before each stage; the job's tasks are stopped when another run takes it
   */
  public Stages(SparkSession spark, String runId, RunOutput output) {
    this.spark = spark;
    this.runId = runId;
    this.output = output;
    output.onLoss(this::stop);
  }

  private void stop() {
    spark.sparkContext().cancelJobsWithTag(tag);
  }

  /** Runs one stage; a name that comes again adds to its time. */
  public <T> T run(String name, String description, Supplier<T> body) {
    return run(name, description, body, result -> "");
  }

  /**
   * The same with an end that is told.
   *
   * @param outcome what came of it, in a few words
   */
  public <T> T run(String name, String description, Supplier<T> body, Function<T, String> outcome) {
    output.requireHeld();
    spark.sparkContext().addJobTag(tag);
    long start = System.nanoTime();
    spark.sparkContext().setJobDescription(name + ": " + description);
    log(RUN, runId);
    log(STAGE, name);
    try (Console.Stage stage = Console.standard().begin(name, description)) {
      T result = body.get();
      stage.done(outcome.apply(result));
      return result;
    } finally {
      spark.sparkContext().setJobDescription(null);
      spark.sparkContext().removeJobTag(tag);
      log(RUN, null);
      log(STAGE, null);
      lastSeconds = (System.nanoTime() - start) / 1e9;
      seconds.merge(name, lastSeconds, Double::sum);
    }
  }

  private void log(String key, String value) {
    spark.sparkContext().setLocalProperty(key, value); // for the tasks
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  /** Seconds of the stage that ended last. */
  public double lastSeconds() {
    return rounded(lastSeconds);
  }

  /** Seconds by stage, in the order in which they first ran. */
  Map<String, Double> seconds() {
    Map<String, Double> rounded = new LinkedHashMap<>();
    seconds.forEach((name, value) -> rounded.put(name, rounded(value)));
    return rounded;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
