package io.github.item2vec.data.planted;

import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import scala.reflect.ClassTag$;

/**
 * Made-up ratings with a structure to be found: Zipf popularity, users with tastes, sessions that
 * drift through neighbouring tastes. Written by tasks; a user's rows follow from (seed, user) only,
 * so any number of partitions gives the same rows.
 */
public final class PlantedRatings {
  private static final long ROWS_PER_PARTITION = 500_000;

  private PlantedRatings() {}

  /**
   * What to plant.
   *
   * @param users number of users, numbered from 1
   * @param items number of items, numbered from 1
   * @param rows exact number of ratings, at most users x items
   */
  public record Spec(long users, int items, long rows, long seed) {
    public Spec {
      if (users < 1 || users > Integer.MAX_VALUE || items < 1 || rows < 1) {
        throw new IllegalArgumentException(
            "users (at most 2^31 - 1), items and rows must be >= 1, got "
                + users
                + ", "
                + items
                + ", "
                + rows);
      }
      if (rows > users * items) {
        throw new IllegalArgumentException(
            "rows must be at most users x items = " + users * items + ", got " + rows);
      }
    }
  }

  /** The rows as u.data has them (user, item, rating, timestamp by tabs), in user order; lazy. */
  public static Dataset<String> lines(SparkSession spark, Spec spec, int partitions) {
    PlantedQuota quota = PlantedQuota.of(spec.users(), spec.items(), spec.rows());
    Broadcast<PlantedCatalogue> catalogue =
        spark
            .sparkContext()
            .broadcast(
                PlantedCatalogue.of(spec.items(), spec.seed()),
                ClassTag$.MODULE$.apply(PlantedCatalogue.class));
    return spark
        .range(0, spec.users(), 1, partitions)
        .flatMap(rows(quota, spec.seed(), catalogue), Encoders.STRING());
  }

  private static FlatMapFunction<Long, String> rows(
      PlantedQuota quota, long seed, Broadcast<PlantedCatalogue> catalogue) {
    return user -> new PlantedUser(catalogue.value(), seed, user).lines(quota.of(user)).iterator();
  }

  /** Writes the rows as text files into {@code directory}, replacing it; one job, no shuffle. */
  public static void write(SparkSession spark, Spec spec, String directory) {
    long wanted =
        Math.max(spark.sparkContext().defaultParallelism(), spec.rows() / ROWS_PER_PARTITION);
    int partitions = (int) Math.min(spec.users(), Math.min(wanted, 100_000));
    lines(spark, spec, partitions).write().mode(SaveMode.Overwrite).text(directory);
  }
}
