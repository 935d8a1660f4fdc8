package io.github.item2vec.train;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.files.RowDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a real model, each damaged in one way. */
class ModelCheckTest extends SparkTest {
  private static final String MODEL = "somewhere/model";

  @TempDir Path directory;

  @Test
  void whatIsWrongIsSaid() throws IOException {
    String model = directory.resolve("model").toString();
    ModelFixture.save(spark, model);
    Dataset<Row> rows = spark.read().parquet(model + "/data").cache();
    ModelCheck check = new ModelCheck(MODEL, Map.of("data", RowDigest.of(rows)));
    ModelCheck silent = new ModelCheck(MODEL, Map.of());

    assertThat(check.data(rows.orderBy(col("item").desc()))).isEqualTo(new ModelCheck.Size(3, 4));
    assertThat(silent.data(rows)).isEqualTo(new ModelCheck.Size(3, 4));

    Dataset<Row> fewer = rows.where("index < 2");
    refused(check, fewer, "data/ has 2 rows of 3");
    refused(silent, rows.where("index = 7"), "data/ has no rows");
    Dataset<Row> gap =
        rows.withColumn("index", when(col("index").equalTo(2), 3).otherwise(col("index")));
    refused(check, gap, "data/ has other rows than were saved, by their digest");
    refused(silent, gap, "data/ has gaps or repeats in its row numbers, 0 to 2");
    refused(
        silent,
        rows.withColumn("output", slice(col("output"), 1, 3)),
        "data/ has vectors of different lengths");
    Dataset<Row> nan =
        rows.withColumn(
            "input",
            when(col("index").equalTo(1), array(lit(1f), lit(Float.NaN), lit(1f), lit(1f)))
                .otherwise(col("input")));
    refused(silent, nan, "data/ has NaN, infinite or missing numbers in 1 rows");
    rows.unpersist();

    aModelOfAnEarlierVersionIsLoaded(model);
    theMetadataMustBeThere(model);
  }

  private static void refused(ModelCheck check, Dataset<Row> rows, String what) {
    assertThatThrownBy(() -> check.data(rows))
        .isInstanceOf(DamagedException.class)
        .hasMessage("the model in %s is damaged: %s; restore it, or train again", MODEL, what);
  }

  private void aModelOfAnEarlierVersionIsLoaded(String model) throws IOException {
    Path metadata = metadata(model);
    String text = Files.readString(metadata);
    Files.writeString(metadata, text.replaceFirst(",\"tables\":.*", "}"));
    assertThat(Files.readString(metadata)).doesNotContain("digest");
    assertThat(Item2VecModel.load(model).items()).hasSize(3);
  }

  private void theMetadataMustBeThere(String model) throws IOException {
    Files.delete(metadata(model));
    assertThatThrownBy(() -> Item2VecModel.verify(model))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(model);
  }

  private static Path metadata(String model) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(model, "metadata"))) {
      Path found = null;
      for (Path file : files.toList()) {
        if (file.toString().endsWith(".crc")) {
          Files.delete(file);
        } else if (!file.endsWith("_SUCCESS")) {
          found = file;
        }
      }
      return found;
    }
  }
}
