package io.github.item2vec;

import org.apache.spark.sql.SparkSession;

/** One local Spark for all tests of a JVM. */
public abstract class SparkTest {
  protected static final SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "4")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.warehouse.dir", "target/warehouse-" + System.getProperty("test.fork"))
          .getOrCreate();
}
