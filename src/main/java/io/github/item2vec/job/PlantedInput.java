package io.github.item2vec.job;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.data.planted.PlantedRatings;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Planted ratings on disk. */
public final class PlantedInput {
  private PlantedInput() {}

  /**
   * As {@link #write}, but only where nothing is yet.
   *
   * @throws ConfigException when the directory holds anything, or the sizes cannot be met
   */
  public static void writeNew(
      SparkSession spark, long users, int items, long rows, long seed, String output) {
    Path directory = new Path(output);
    try {
      FileSystem files = directory.getFileSystem(spark.sessionState().newHadoopConf());
      if (files.exists(directory) && files.listStatus(directory).length > 0) {
        throw new ConfigException(
            "generate: --output %s is not empty: give a new directory".formatted(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + output, e);
    }
    write(spark, users, items, rows, seed, output);
  }

  /**
   * Writes exactly {@code rows} ratings to a directory in place of what is there, see {@link
   * PlantedRatings}.
   *
   * @throws ConfigException when the sizes cannot be met
   */
  public static void write(
      SparkSession spark, long users, int items, long rows, long seed, String output) {
    try {
      PlantedRatings.write(spark, new PlantedRatings.Spec(users, items, rows, seed), output);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("generate: " + e.getMessage(), e);
    }
  }
}
