package io.github.item2vec.cli;

import io.github.item2vec.text.Redaction;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.package$;
import org.apache.spark.sql.SparkSession;

/** The Spark of the commands that need one; a class of its own, so that others do not load it. */
final class JobSession {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  private JobSession() {}

  /**
   * The session that SparkSubmit's settings describe. On local cores a shuffle has two partitions a
   * core when the user has not said otherwise: Spark's 200 are made for clusters, and each costs a
   * sort buffer of its own. What Spark's UI, event log and plans redact is extended by what is
   * secret here; the user's own expression stays in force.
   */
  static SparkSession open(String command) {
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder().appName("item2vec " + command);
    if (conf.get("spark.master", "").startsWith("local") && !conf.contains(SHUFFLE_PARTITIONS)) {
      builder.config(SHUFFLE_PARTITIONS, 2L * Runtime.getRuntime().availableProcessors());
    }
    if (System.getProperty("sun.java.command", "").contains("spark.redis.auth=")) {
      JobOptions.warnOfPassword("spark.redis.auth");
    }
    ConfigEntry<?> redaction = package$.MODULE$.SECRET_REDACTION_PATTERN();
    builder.config(
        redaction.key(), Redaction.with(conf.get(redaction.key(), redaction.defaultValueString())));
    return builder.getOrCreate();
  }
}
