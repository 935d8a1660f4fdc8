package io.github.item2vec.train;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** A real model, the smallest. */
public final class ModelFixture {
  private ModelFixture() {}

  /** Trains one of three items and four columns and saves it to a new directory. */
  public static void save(SparkSession spark, String directory) throws IOException {
    new Item2Vec()
        .setVectorSize(4)
        .setMinCount(1)
        .setMaxIter(1)
        .fit(spark.sql("select array('a', 'b', 'c') as items"))
        .write()
        .save(directory);
  }
}
