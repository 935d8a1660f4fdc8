package io.github.item2vec.job;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.data.PlantedRatings;
import org.apache.spark.sql.SparkSession;

/** Planted ratings on disk. */
public final class Generation {
  private Generation() {}

  /**
   * Writes exactly {@code rows} ratings to a directory, see {@link PlantedRatings}.
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
