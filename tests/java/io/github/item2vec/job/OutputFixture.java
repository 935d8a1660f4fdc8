package io.github.item2vec.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What a run has left. */
final class OutputFixture {
  private OutputFixture() {}

  /** The saved lists by user. */
  static Map<String, List<String>> lists(SparkSession spark, Path output) {
    Map<String, List<String>> lists = new HashMap<>();
    spark
        .read()
        .parquet(output.resolve("recommendations").toString())
        .collectAsList()
        .forEach(row -> lists.put(row.getString(0), row.getList(1)));
    return lists;
  }

  static String json(Path output) throws IOException {
    return Files.readString(output.resolve("run.json"));
  }
}
