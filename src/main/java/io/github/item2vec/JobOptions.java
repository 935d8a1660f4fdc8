package io.github.item2vec;

import io.github.item2vec.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options that commands share. */
final class JobOptions {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  @Option(names = "--conf", paramLabel = "FILE", description = "HOCON configuration file.")
  private String conf;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "Ratings: file, directory or glob (input.path).")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "Where the results go (default: ${DEFAULT-VALUE}).")
  private String output;

  @Option(
      names = "--redis",
      paramLabel = "TARGET",
      description =
          "embedded | none | HOST:PORT | redis[s]://[user@]host[:port][/db] (publish.target).")
  private String redis;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Overrides one configuration key; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  /**
   * Defaults, the file, {@code base}, then what the command line says; printed as it takes effect.
   */
  ConfigLoader load(String... base) {
    return ConfigLoader.load(Optional.ofNullable(conf), settings(base));
  }

  /** The same for {@code tune}; see {@link ConfigLoader#loadForTuning}. */
  ConfigLoader loadForTuning() {
    return ConfigLoader.loadForTuning(Optional.ofNullable(conf), settings());
  }

  private List<String> settings(String... base) {
    List<String> settings = new ArrayList<>(List.of(base));
    settings.addAll(overrides);
    if (input != null) {
      settings.add("input.path=" + input);
    }
    if (redis != null) {
      settings.add("publish.target=" + redis);
    }
    return settings;
  }

  String output() {
    return output;
  }

  /**
   * The session that SparkSubmit's settings describe. On local cores a shuffle has two partitions a
   * core when the user has not said otherwise: Spark's 200 are made for clusters, and each costs a
   * sort buffer of its own.
   */
  static SparkSession session(String command) {
    SparkConf conf = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder().appName("item2vec " + command);
    if (conf.get("spark.master", "").startsWith("local") && !conf.contains(SHUFFLE_PARTITIONS)) {
      builder.config(SHUFFLE_PARTITIONS, 2L * Runtime.getRuntime().availableProcessors());
    }
    return builder.getOrCreate();
  }
}
