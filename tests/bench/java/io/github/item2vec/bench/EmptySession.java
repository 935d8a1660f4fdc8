package io.github.item2vec.bench;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** A Spark that does nothing: what a command that needs one cannot be faster than. */
final class EmptySession {
  private EmptySession() {}

  public static void main(String[] args) throws IOException {
    SparkSession.builder().master("local[*]").appName("empty").getOrCreate().close();
  }
}
