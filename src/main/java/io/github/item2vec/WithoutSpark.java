package io.github.item2vec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The entry point for the commands that start no Spark, which submit.sh calls by plain Java: the
 * process ends with the command's exit code. Spark's settings are system properties, and those of
 * the {@code spark-defaults.conf} that the property {@value #DEFAULTS} names, as spark-submit reads
 * it.
 */
public final class WithoutSpark {
  static final String DEFAULTS = "item2vec.spark-defaults";

  private WithoutSpark() {}

  /** Runs one command, then exits. */
  public static void main(String[] args) throws IOException {
    String defaults = System.getProperty(DEFAULTS, "");
    if (!defaults.isEmpty()) {
      addDefaults(Path.of(defaults));
    }
    System.exit(Main.execute(args));
  }

  /** Settings of the command line win. */
  static void addDefaults(Path file) throws IOException {
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      settings.load(in);
    }
    for (String name : settings.stringPropertyNames()) {
      if (name.startsWith("spark.") && System.getProperty(name) == null) {
        System.setProperty(name, settings.getProperty(name).strip());
      }
    }
  }
}
