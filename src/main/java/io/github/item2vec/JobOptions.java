package io.github.item2vec;

import io.github.item2vec.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options that commands share. */
final class JobOptions {
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

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  /**
   * Defaults, the file, {@code base}, then what the command line says; printed as it takes effect.
   */
  ConfigLoader load(String... base) {
    List<String> settings = new ArrayList<>(List.of(base));
    settings.addAll(overrides);
    if (input != null) {
      settings.add("input.path=" + input);
    }
    if (redis != null) {
      settings.add("publish.target=" + redis);
    }
    return ConfigLoader.load(Optional.ofNullable(conf), settings);
  }

  String output() {
    return output;
  }

  /** The session that SparkSubmit's settings describe. */
  static SparkSession session(String command) {
    return SparkSession.builder().appName("item2vec " + command).getOrCreate();
  }
}
