package io.github.item2vec.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Users' items in the order of the file, the last few of each held out: the reference notebook's
 * protocol.
 */
final class HeldOutRatings {
  static final String ITEMS = "items";
  private static final int K = 10;

  private final List<List<String>> known = new ArrayList<>();
  private final List<List<String>> heldOut = new ArrayList<>();

  /** Means over all users; average precision is divided by 10. */
  record Score(double map, double hitRate) {}

  /**
   * @param path a file of user, item, rating by tabs, or a directory of part-* files
   */
  static HeldOutRatings read(Path path, double minRating, int holdOut) throws IOException {
    Map<String, List<String>> users = new LinkedHashMap<>();
    Map<String, String> names = new HashMap<>();
    for (Path file : files(path)) {
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .map(line -> line.split("\t", -1))
            .filter(row -> Double.parseDouble(row[2]) >= minRating)
            .forEach(
                row ->
                    users
                        .computeIfAbsent(row[0], user -> new ArrayList<>())
                        .add(names.computeIfAbsent(row[1], name -> name)));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    HeldOutRatings ratings = new HeldOutRatings();
    for (List<String> items : users.values()) {
      int cut = Math.max(0, items.size() - holdOut);
      ratings.known.add(items.subList(0, cut));
      ratings.heldOut.add(items.subList(cut, items.size()));
    }
    return ratings;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList();
    }
  }

  /** Read back from Parquet files, as a job reads them, so that no task carries rows with it. */
  Dataset<Row> sequences(SparkSession spark) throws IOException {
    List<Row> rows =
        known.stream()
            .map(items -> RowFactory.create((Object) items.toArray(String[]::new)))
            .toList();
    String files = Files.createTempDirectory("item2vec-bench").resolve("rows").toString();
    spark
        .createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, 8),
            new StructType().add(ITEMS, DataTypes.createArrayType(DataTypes.StringType)))
        .write()
        .parquet(files);
    return spark.read().parquet(files);
  }

  /** A user without a list counts 0. */
  Score score(TrainedVectors vectors) {
    double precision = 0;
    double hitUsers = 0;
    for (int user = 0; user < known.size(); user++) {
      if (heldOut.get(user).isEmpty()) {
        continue;
      }
      List<String> list = vectors.top(known.get(user), K);
      int hits = 0;
      for (int rank = 1; rank <= list.size(); rank++) {
        if (heldOut.get(user).contains(list.get(rank - 1))) {
          hits++;
          precision += (double) hits / rank / K;
        }
      }
      hitUsers += Math.min(1, hits);
    }
    return new Score(precision / known.size(), hitUsers / known.size());
  }
}
