package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RatingsTest extends SparkTest {
  private static final String MAX_SPLIT = "mapreduce.input.fileinputformat.split.maxsize";

  @TempDir Path directory;

  private static RatingsSource source(Object path, Order order, double maxRejected) {
    return new RatingsSource(path.toString(), Format.AUTO, order, 4, 1, 5, maxRejected);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What is below the minimum stays with its place among the kept items. */
  @Test
  void whatIsRatedLowIsRemembered() throws IOException {
    Path file = directory.resolve("rated.tsv");
    Files.writeString(
        file,
        lines(
            "u\ta\t2\t1",
            "u\tb\t5\t2",
            "u\tc\t3\t3",
            "u\td\t4\t4",
            "u\te\t1\t5",
            "u\tb\t5\t6",
            "v\ta\t1\t1",
            "v\tb\t3\t2"));
    try (Ratings ratings = Ratings.read(spark, source(file, Order.TIMESTAMP, 0))) {
      assertThat(ratings.users()).isEqualTo(1);
      assertThat(ratings.usersWithoutKept()).isEqualTo(1);
      List<Row> users = ratings.histories().orderBy("user").collectAsList();
      assertThat(users.get(0).getList(1)).hasToString("[d, b]");
      assertThat(users.get(0).getList(3)).hasToString("[a, c, e]");
      assertThat(users.get(0).getList(4)).hasToString("[0, 0, 1]");
      assertThat(users.get(0).getList(5)).hasToString("[1.0, 3.0, 5.0]");
      assertThat(users.get(1).getList(1)).isEmpty();
      assertThat(users.get(1).getList(3)).hasToString("[a, b]");
      Row split =
          new LeaveLast(1, 0).split(ratings.histories()).orderBy("user").collectAsList().get(0);
      assertThat(split.<String>getList(split.fieldIndex(Columns.RATED)))
          .as("before b, the test part")
          .containsExactly("a", "c", "e");
      split = new LeaveLast(2, 0).split(ratings.histories()).orderBy("user").collectAsList().get(0);
      assertThat(split.<String>getList(split.fieldIndex(Columns.RATED)))
          .as("before d and b")
          .containsExactly("a", "c");
      split =
          new GlobalTime(4, 4).split(ratings.histories()).orderBy("user").collectAsList().get(0);
      assertThat(split.<String>getList(split.fieldIndex(Columns.RATED))).containsExactly("a", "c");
    }
  }

  private static Map<String, List<String>> histories(RatingsSource source) {
    try (Ratings ratings = Ratings.read(spark, source)) {
      return collected(ratings.histories());
    }
  }

  private static Map<String, List<String>> collected(Dataset<Row> histories) {
    Map<String, List<String>> result = new TreeMap<>();
    for (Row row : histories.where("size(items) > 0").collectAsList()) {
      assertThat(result.put(row.getString(0), List.copyOf(row.<String>getList(1)))).isNull();
    }
    return result;
  }

  @Test
  void everyBadRowIsCountedByReasonAndWritten() throws IOException {
    Path input =
        file(
            "u.data",
            lines(
                "1\ta\t5\t1",
                "1\tb",
                "",
                "1\tc\tfour\t2",
                "1\td\t4\tnoon",
                "\te\t4\t3",
                "1\t\t4\t3",
                "1\tf\tNaN\t4",
                "1\tg\tInfinity\t4",
                "1\th\t6\t5",
                "1\ti\t0.5\t5",
                "1\tj\t3\t6",
                "1\tk\t1d\t6",
                "1\tl\t4\t7",
                "",
                ""));
    Path rejected = directory.resolve("rejected");
    try (Ratings ratings =
        Ratings.read(spark, source(input, Order.TIMESTAMP, 1), rejected.toString())) {
      assertThat(ratings.rows()).isEqualTo(14);
      assertThat(ratings.rejected())
          .containsExactlyEntriesOf(
              new TreeMap<>(
                  Map.of(
                      "too-few-columns", 2L,
                      "not-a-number", 2L,
                      "not-a-time", 1L,
                      "null-id", 2L,
                      "nan-rating", 2L,
                      "rating-out-of-range", 2L)));
      assertThat(ratings.kept()).isEqualTo(2);
      assertThat(collected(ratings.histories())).isEqualTo(Map.of("1", List.of("a", "l")));
    }
    List<Row> rows = spark.read().json(rejected.toString()).orderBy("offset").collectAsList();
    assertThat(rows).hasSize(11);
    assertThat(rows.get(0).<String>getAs("line")).isEqualTo("1\tb");
    assertThat(rows.get(0).<Long>getAs("offset")).isEqualTo(8);
    assertThat(rows.get(0).<String>getAs("file")).endsWith("u.data");
  }

  @Test
  void tooManyBadRowsAreShownWrittenAndRefused() throws IOException {
    Path input = file("u.data", "1\ta\t5\t1\n1\tb\n");
    Path rejected = directory.resolve("rejected");
    assertThatThrownBy(
            () -> Ratings.read(spark, source(input, Order.FILE, 0.01), rejected.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1 of 2 rows")
        .hasMessageContaining("too-few-columns 1")
        .hasMessageContaining("1\tb");
    assertThat(spark.read().json(rejected.toString()).count()).isEqualTo(1);
    Ratings.read(spark, source(file("v.data", "1\ta\t5\t1\n"), Order.FILE, 0), rejected.toString())
        .close();
    assertThat(rejected).doesNotExist();
  }

  @Test
  void fileOrderHoldsHoweverTheFilesAreSplit() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append(i % 7).append("\titem").append(i * 7919 % 1009).append("\t5\t1\n");
    }
    text.append('\n');
    Path folder = Files.createDirectory(directory.resolve("two files"));
    Files.writeString(folder.resolve("b.tsv"), text);
    Files.writeString(folder.resolve("a.tsv"), "1\titem856\t5\t9\n1\tfirst\t5\t9\n");
    RatingsSource source = source(folder, Order.FILE, 0);
    Map<String, List<String>> whole = histories(source);
    assertThat(whole.get("1").get(0)).isEqualTo("first");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    for (int size : new int[] {text.length() / 8, 1000, 997}) {
      hadoop.set(MAX_SPLIT, String.valueOf(size));
      try {
        assertThat(histories(source)).isEqualTo(whole);
      } finally {
        hadoop.unset(MAX_SPLIT);
      }
    }
  }

  @Test
  void aCorruptGzipIsNamed() throws IOException {
    gzip(directory.resolve("a.tsv.gz"), "1\ta\t5\t1\n".repeat(1000));
    Path bad = directory.resolve("b.tsv.gz");
    gzip(bad, "1\ta\t5\t1\n".repeat(50_000));
    byte[] bytes = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> histories(source(directory, Order.FILE, 0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("b.tsv.gz");
    Files.writeString(bad, "this is no gzip");
    assertThatThrownBy(() -> histories(source(directory, Order.FILE, 0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("b.tsv.gz");
  }

  @Test
  void csvMayHaveBomCrlfQuotesAndOtherColumnOrder() throws IOException {
    String text =
        "\uFEFFmovieId,userId,timestamp,rating\r\n\"a, \"\"b\"\"\",u:1 é,2,4.5\r\n#c,u:1 é,1,5\r\n";
    file("r.csv", text);
    gzip(directory.resolve("s.csv.gz"), text.replace("u:1", "u:2"));
    Map<String, List<String>> expected =
        Map.of("u:1 é", List.of("#c", "a, \"b\""), "u:2 é", List.of("#c", "a, \"b\""));
    assertThat(histories(source(directory, Order.TIMESTAMP, 0))).isEqualTo(expected);
    assertThat(histories(source(directory + "/*.csv*", Order.TIMESTAMP, 0))).isEqualTo(expected);
  }

  @Test
  void datKeepsSpacesColonsAndUnicodeInIds() throws IOException {
    Path input = file("r.dat", "a:b::the item::5::1\na:b::日本::4::2\n");
    assertThat(histories(source(input, Order.TIMESTAMP, 0)))
        .isEqualTo(Map.of("a:b", List.of("the item", "日本")));
  }

  @Test
  void theLastOpinionDecidesAndTiesHaveARule() throws IOException {
    Path input =
        file("u.data", "1\tb\t5\t9\n1\ta\t5\t9\n1\tc\t5\t1\n1\tc\t2\t10\n1\td\t3\t4\n1\td\t4\t4\n");
    try (Ratings ratings = Ratings.read(spark, source(input, Order.TIMESTAMP, 0))) {
      assertThat(collected(ratings.histories())).isEqualTo(Map.of("1", List.of("d", "a", "b")));
      assertThat(ratings.duplicates()).isEqualTo(2);
      assertThat(ratings.kept()).isEqualTo(3);
    }
    assertThat(histories(source(input, Order.FILE, 0)))
        .isEqualTo(Map.of("1", List.of("b", "a", "d")));
  }

  @Test
  void aUserMayHaveAHundredThousandRows() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("u,").append(i).append(",5\n");
    }
    Path input = file("u.csv", text.toString());
    try (Ratings ratings = Ratings.read(spark, source(input, Order.FILE, 0))) {
      assertThat(ratings.items()).isEqualTo(100_000);
      assertThat(ratings.users()).isEqualTo(1);
      assertThat(collected(ratings.histories()).get("u").get(99_999)).isEqualTo("99999");
    }
    assertThatThrownBy(() -> histories(source(input, Order.TIMESTAMP, 0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no timestamp column");
  }

  @Test
  void parquetIsReadByNameInBothOrders() {
    String path = directory.resolve("table of.parquet").toString();
    spark
        .sql(
            "select * from values ('u', 1L, 5.0D, timestamp'2020-01-02'), "
                + "('u', 2L, 4.0D, timestamp'2020-01-01'), (null, 2L, 4.0D, null) "
                + "as t(user_id, item_id, rating, ts)")
        .coalesce(1)
        .write()
        .parquet(path);
    try (Ratings ratings = Ratings.read(spark, source(path, Order.TIMESTAMP, 0.5))) {
      assertThat(collected(ratings.histories())).isEqualTo(Map.of("u", List.of("2", "1")));
      assertThat(ratings.rejected()).isEqualTo(Map.of("null-id", 1L));
    }
    assertThat(histories(source(path, Order.FILE, 0.5))).isEqualTo(Map.of("u", List.of("1", "2")));
  }

  @Test
  void nothingToReadIsBadInput() throws IOException {
    List<Object> paths =
        List.of(
            directory.resolve("missing"),
            directory + "/none*",
            file("empty.data", ""),
            file("low.data", "1\ta\t3\t1\n"),
            file("header.csv", "userId,movieId,rating,timestamp\n"),
            file("bad.parquet", "no parquet"));
    for (Object path : paths) {
      assertThatThrownBy(() -> histories(source(path, Order.FILE, 0)))
          .as(path.toString())
          .isInstanceOf(BadInputException.class);
    }
  }

  @Test
  void movieLens100kHasItsKnownCounts() {
    String path = System.getenv("ITEM2VEC_ML100K");
    Assumptions.assumeTrue(path != null, "ITEM2VEC_ML100K does not name u.data");
    try (Ratings ratings = Ratings.read(spark, source(path, Order.FILE, 0))) {
      assertThat(ratings.rows()).isEqualTo(100_000);
      assertThat(ratings.kept()).isEqualTo(55_375);
      assertThat(ratings.users()).isEqualTo(942);
      assertThat(ratings.items()).isEqualTo(1447);
      Dataset<Row> split = new LeaveLast(3, 0).split(ratings.histories());
      assertThat(split.filter("size(train) = 0").count()).isEqualTo(3);
      assertThat(ratings.usersWithoutKept()).isEqualTo(1);
    }
  }
}
