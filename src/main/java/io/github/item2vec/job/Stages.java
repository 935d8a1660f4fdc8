package io.github.item2vec.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Runs the stages of a job by name: in the Spark UI, on the console, and timed. Driver only. */
final class Stages {
  private final SparkSession spark;
  private final Runnable before;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /**
   * Stages of one job.
   *
   * @param before runs before each stage and may end the job
   */
  Stages(SparkSession spark, Runnable before) {
    this.spark = spark;
    this.before = before;
  }

  /** Runs one stage; a name that comes again adds to its time. */
  <T> T run(String name, String description, Supplier<T> body) {
    before.run();
    long start = System.nanoTime();
    spark.sparkContext().setJobDescription(name + ": " + description);
    System.err.printf("%-9s %s ...%n", name, description);
    try {
      return body.get();
    } finally {
      spark.sparkContext().setJobDescription(null);
      double elapsed = (System.nanoTime() - start) / 1e9;
      seconds.merge(name, elapsed, Double::sum);
      System.err.printf("%-9s %.1f s%n", "", elapsed);
    }
  }

  /** Seconds by stage, in the order in which they first ran. */
  Map<String, Double> seconds() {
    Map<String, Double> rounded = new LinkedHashMap<>();
    seconds.forEach((name, value) -> rounded.put(name, Math.round(value * 1000) / 1000.0));
    return rounded;
  }
}
