package io.github.item2vec.cli;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.Trainer;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.text.Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options that commands share. */
final class JobOptions {
  private static final String HADOOP = "spark.hadoop.";

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description =
          "HOCON configuration file; a path of the driver's machine or any Hadoop URI. May be"
              + " repeated, the later wins.")
  private List<String> conf = new ArrayList<>();

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

  /** Defaults, the files, {@code base}, then what the command line says. */
  ConfigLoader load(String... base) {
    return ConfigLoader.load(confFiles(), settings(base));
  }

  /** The same for {@code tune}; see {@link ConfigLoader#loadForTuning}. */
  ConfigLoader loadForTuning() {
    return ConfigLoader.loadForTuning(confFiles(), settings());
  }

  /**
   * The configuration as records, checked before there is a session: the parameters of the training
   * too, whatever the command; those that start no session leave these out.
   */
  static JobConfig checked(ConfigLoader loader) {
    JobConfig config = loader.jobConfig();
    Trainer.check(config.training());
    return config;
  }

  /** Hadoop's settings as Spark will have them, before there is a session. */
  static Configuration hadoopSettings() {
    Configuration settings = new Configuration();
    sparkSettings()
        .forEach(
            (name, value) -> {
              if (name.startsWith(HADOOP)) {
                settings.set(name.substring(HADOOP.length()), value);
              }
            });
    return settings;
  }

  /** Spark's settings before there is a session: SparkSubmit hands them on as system properties. */
  static Map<String, String> sparkSettings() {
    Map<String, String> settings = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("spark.")) {
        settings.put(name, System.getProperty(name));
      }
    }
    return settings;
  }

  private List<String> confFiles() {
    return conf.stream().map(JobOptions::onThisMachine).toList();
  }

  /** The keys that differ from the defaults; run.json has them all. */
  static void tell(ConfigLoader loader) {
    String name = "settings";
    for (String change : loader.changes()) {
      Console.standard().tell(name, change);
      name = "";
    }
  }

  /** A file of --conf on this machine; one on another file system is copied here. */
  private static String onThisMachine(String file) {
    if (!file.contains("://") || file.startsWith("file:")) {
      return file.replaceFirst("^file:(//)?", "");
    }
    try {
      Path remote = new Path(file);
      java.nio.file.Path local = Files.createTempFile("item2vec", ".conf");
      local.toFile().deleteOnExit();
      try (InputStream in = remote.getFileSystem(hadoopSettings()).open(remote)) {
        Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
      }
      return local.toString();
    } catch (IOException e) {
      throw new ConfigException("--conf %s: %s".formatted(file, e.getMessage()), e);
    }
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
    settings.stream()
        .filter(JobOptions::tellsSecret)
        .findFirst()
        .ifPresent(JobOptions::warnOfPassword);
    return settings;
  }

  /** Whether a word of the command line holds a password, which is there for all to read. */
  private static boolean tellsSecret(String setting) {
    String key = setting.substring(0, Math.max(0, setting.indexOf('='))).strip();
    String value = setting.substring(setting.indexOf('=') + 1);
    return key.equals("publish.password")
        || (key.equals("publish.target") && Address.of(value).hasPassword());
  }

  static void warnOfPassword(String setting) {
    Console.standard()
        .warn(
            "a password on the command line (%s) is in the process list for all users of this machine; leave it out and give it by REDIS_PASSWORD in the environment, or by a file that REDIS_PASSWORD_FILE or publish.password-file names"
                .formatted(
                    setting.startsWith("publish.target")
                        ? "--redis"
                        : setting.replaceAll("=.*", "")));
  }

  String output() {
    return output;
  }
}
