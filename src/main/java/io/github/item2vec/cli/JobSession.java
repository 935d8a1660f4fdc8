package io.github.item2vec.cli;

import io.github.item2vec.job.console.Console;
import io.github.item2vec.text.Redaction;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.package$;
import org.apache.spark.sql.SparkSession;

/** The Spark of the commands that need one; a class of its own, so that others do not load it. */
final class JobSession {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String PLAN_FIELDS = "spark.sql.debug.maxToStringFields";
  private static final String WAREHOUSE = "spark.sql.warehouse.dir";

  private JobSession() {}

  /**
   * The session that SparkSubmit's settings describe. On local cores a shuffle has two partitions a
   * core when the user has not said otherwise: Spark's 200 are made for clusters, and each costs a
   * sort buffer of its own. No table is saved, so Spark's warehouse is a directory that is there
   * already, and none appears where the user stands. What Spark's UI, event log and plans redact is
   * extended by what is secret here; the user's own expression stays in force.
   */
  static SparkSession open(String command) {
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder().appName("item2vec " + command);
    unlessSet(builder, conf, PLAN_FIELDS, 1_000); // Spark warns where it shows fewer than there are
    if (conf.get("spark.master", "").startsWith("local")) {
      unlessSet(builder, conf, SHUFFLE_PARTITIONS, 2 * Runtime.getRuntime().availableProcessors());
      unlessSet(builder, conf, WAREHOUSE, Path.of(System.getProperty("java.io.tmpdir")).toUri());
    }
    if (System.getProperty("sun.java.command", "").contains("spark.redis.auth=")) {
      JobOptions.warnOfPassword("spark.redis.auth");
    }
    ConfigEntry<?> redaction = package$.MODULE$.SECRET_REDACTION_PATTERN();
    builder.config(
        redaction.key(), Redaction.with(conf.get(redaction.key(), redaction.defaultValueString())));
    try (Console.Stage start = Console.standard().begin("start", where(conf))) {
      SparkSession session = builder.getOrCreate();
      start.done("");
      return session;
    }
  }

  private static String where(SparkConf conf) {
    return "Spark %s on %s"
        .formatted(
            org.apache.spark.package$.MODULE$.SPARK_VERSION(), conf.get("spark.master", "local"));
  }

  private static void unlessSet(
      SparkSession.Builder builder, SparkConf conf, String key, Object value) {
    if (!conf.contains(key)) {
      builder.config(key, value.toString());
    }
  }
}
