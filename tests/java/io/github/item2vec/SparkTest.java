package io.github.item2vec;

import org.apache.spark.sql.SparkSession;

/** The one local Spark session of the test JVM, started by the first test that needs it. */
public abstract class SparkTest {
  protected static SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "4")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.session.timeZone", "UTC")
          .getOrCreate();
}
