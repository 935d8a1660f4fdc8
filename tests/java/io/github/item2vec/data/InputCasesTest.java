package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people have them: read as they mean it, or refused in a sentence that helps. */
final class InputCasesTest extends SparkTest {
  @TempDir Path directory;

  private static RatingsSource source(Object path, String rating, String encoding) {
    return new RatingsSource(
        path.toString(),
        Format.AUTO,
        Order.TIMESTAMP,
        4,
        0,
        5,
        0.5,
        "auto",
        "auto",
        rating,
        "auto",
        encoding,
        "auto");
  }

  private static Map<String, List<String>> histories(RatingsSource source) {
    try (Ratings ratings = Ratings.read(spark, source)) {
      Map<String, List<String>> result = new TreeMap<>();
      for (Row row : ratings.histories().where("size(items) > 0").collectAsList()) {
        result.put(row.getString(0), List.copyOf(row.<String>getList(1)));
      }
      return result;
    }
  }

  private static Map<String, List<String>> histories(Object path) {
    return histories(source(path, "auto", "UTF-8"));
  }

  private Path file(String name, String... lines) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static void assertRefused(Object path, String... parts) {
    assertThatThrownBy(() -> histories(path))
        .as(path.toString())
        .isInstanceOf(BadInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  // ids

  @Test
  void bytesThatAreNoTextAreABadRow() throws IOException {
    String text = "userId,itemId,rating,timestamp\nu,café,5,1\nu,cafè,5,2\nu,plain,5,3\nu,b,5,4\n";
    Path file = Files.write(directory.resolve("l.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
    try (Ratings ratings = Ratings.read(spark, source(file, "auto", "UTF-8"))) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("not-in-encoding", 2L));
    }
    assertThat(histories(source(file, "auto", "ISO-8859-1")))
        .isEqualTo(Map.of("u", List.of("café", "cafè", "plain", "b")));
    Path chinese =
        Files.write(
            directory.resolve("g.csv"),
            text.replace("café", "日本").replace("è", "e").getBytes(Charset.forName("GB18030")));
    assertThat(histories(source(chinese, "auto", "GB18030")).get("u")).startsWith("日本", "cafe");
  }

  @Test
  void parquetIdsAreKeptOrRefused() {
    assertParquet(
        "cast(12345679 as double) user_id, cast(1 as decimal(38, 10)) item_id", "12345679", "1");
    assertParquet(
        "7 user_id, unhex('00112233445566778899AABBCCDDEEFF') item_id",
        "7",
        "00112233-4455-6677-8899-aabbccddeeff");
    assertParquet("'007' user_id, cast(2 as float) item_id", "007", "2");
    assertRefusedParquet("named_struct('a', 1) user_id, 'i' item_id", "user_id", "struct", "cast");
    assertRefusedParquet("1 user_id, array(1) item_id", "item_id", "array");
    assertRefusedParquet("1 user_id, true item_id", "item_id", "boolean");
    assertRefusedParquet("1.5D user_id, 1 item_id", "id-not-whole");
    assertRefusedParquet("1 user_id, cast('abc' as binary) item_id", "id-not-16-bytes");
    assertRefusedParquet("cast('nan' as double) user_id, 1 item_id", "null-id");
  }

  private String parquet(String ids) {
    String path = directory.resolve("p" + System.nanoTime()).toString();
    spark.sql("select " + ids + ", 5.0D rating, 1L timestamp").coalesce(1).write().parquet(path);
    return path;
  }

  private void assertParquet(String ids, String user, String item) {
    assertThat(histories(parquet(ids))).isEqualTo(Map.of(user, List.of(item)));
  }

  private void assertRefusedParquet(String ids, String... parts) {
    assertRefused(parquet(ids), parts);
  }

  /** New York has no half past two on this day: it would be half past three. */
  @Test
  void parquetTimesWithoutAZoneAreUtc() {
    String path = directory.resolve("local").toString();
    String zone = spark.conf().get("spark.sql.session.timeZone");
    spark.conf().set("spark.sql.session.timeZone", "America/New_York");
    try {
      spark
          .sql(
              "select 'u' user_id, col1 item_id, 5.0D rating, col2 timestamp from values"
                  + " ('a', timestamp_ntz'2008-03-09 02:30:00'),"
                  + " ('b', timestamp_ntz'2008-03-09 03:10:00')")
          .write()
          .parquet(path);
      assertThat(histories(path)).isEqualTo(Map.of("u", List.of("a", "b")));
    } finally {
      spark.conf().set("spark.sql.session.timeZone", zone);
    }
  }

  @Test
  void directoriesAreIdsAsTheyAreWritten() {
    String path = directory.resolve("hive").toString();
    for (String user : List.of("007", "7", "08")) {
      spark
          .sql("select 'i' item_id, 5.0D rating, 1L timestamp")
          .write()
          .parquet(path + "/user_id=" + user);
    }
    assertThat(histories(path)).containsOnlyKeys("007", "7", "08");
  }

  @Test
  void blanksAndQuotesAreNoPartOfIds() throws IOException {
    assertThat(histories(file("s.csv", "user_id, item_id, rating, timestamp", "u, b, 5, 1")))
        .isEqualTo(Map.of("u", List.of("b")));
    assertThat(histories(file("t.tsv", "u \t b \t5\t1", "u\tc\t5\t2")))
        .isEqualTo(Map.of("u", List.of("b", "c")));
    assertThat(
            histories(
                file(
                    "r.tsv",
                    "\"user\"\t\"item\"\t\"rating\"\t\"timestamp\"",
                    "\"u\"\t\"b\"\t5\t1")))
        .isEqualTo(Map.of("u", List.of("b")));
    assertThat(histories(file("q.tsv", "u\t\"b\" side\t5\t1", "u\tc\t5\t2")))
        .isEqualTo(Map.of("u", List.of("\"b\" side", "c")));
  }

  @Test
  void absentValuesAreNoItems() throws IOException {
    Path file =
        file(
            "n.csv",
            "user,item,rating,ts",
            "u,nan,5,1",
            "u,None,5,1",
            "u,<NA>,5,1",
            "u,NaN,5,1",
            "u,NA,5,2",
            "u,a,5,3",
            "u,nano,5,4",
            "u,b,5,5");
    try (Ratings ratings = Ratings.read(spark, source(file, "auto", "UTF-8"))) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("null-id", 4L));
    }
    assertThat(histories(file)).isEqualTo(Map.of("u", List.of("NA", "a", "nano", "b")));
  }

  // columns

  @Test
  void columnsAreCertainOrRefused() throws IOException {
    assertRefused(
        file("two.csv", "user,user_id,item_id,rating,timestamp", "Sam,1,1,5,0"),
        "'user', 'user_id'",
        "input.columns.user");
    assertRefused(
        file("dates.csv", "user_id,item_id,rating,date,timestamp", "1,1,5,20240101,0"),
        "'date', 'timestamp'",
        "input.columns.timestamp");
    assertRefused(
        file("unknown.csv", "when,member,grade,product", "0,1,5,1"),
        "unknown.csv",
        "input.columns.user",
        "[when, member, grade, product]");
    assertRefused(
        file("amazon.csv", "0001032194,A2CX7LUOHB1,5.0,1341100800"),
        "input.columns.user = 1",
        "0001032194");
    assertRefused(
        file("grade.csv", "user_id,item_id,grade,timestamp", "1,1,5,0"),
        "'grade' may be the rating",
        "none");
  }

  @Test
  void everyFilesOwnHeaderCounts() throws IOException {
    file("two/a.csv", "user_id,item_id,rating,timestamp", "u,i,5,1");
    file("two/b.csv", "item_id,rating,timestamp,user_id", "j,5,2,u");
    file("two/c.tsv", "timestamp\trating\tuser_id\titem_id", "3\t5\tu\tk");
    assertThat(histories(directory.resolve("two"))).isEqualTo(Map.of("u", List.of("i", "j", "k")));
    file("two/d.csv", "l,5,4,u");
    assertRefused(directory.resolve("two"), "d.csv has no header");
    file("split/a.csv", "item_id,user_id,rating,timestamp", "i,u,5,1");
    file("split/b.csv", "j,u,5,2");
    assertThat(histories(directory.resolve("split"))).isEqualTo(Map.of("u", List.of("i", "j")));
  }

  @Test
  void whatWasFoundIsTold() throws IOException {
    Path file = file("told.txt", "itemId|userId|rating|date", "i|u|5|2018-07-01 22:09:00");
    try (Ratings ratings = Ratings.read(spark, source(file, "auto", "UTF-8"))) {
      InputReading reading = ratings.reading();
      assertThat(reading.separator()).isEqualTo("|");
      assertThat(reading.columns()).containsEntry("user", "'userId' (by its name)");
      assertThat(reading.firstRow()).containsEntry("user", "u").containsEntry("item", "i");
      assertThat(reading.timestamps()).startsWith("ISO 8601");
      assertThat(reading.toString()).contains("separator '|'", "item = 'itemId'");
    }
  }

  // files

  @Test
  void textAndParquetListTheSameFiles() throws IOException {
    file("x/a.csv", "user,item,rating,ts", "u,i,5,1");
    file("x/sub/b.csv", "user,item,rating,ts", "u,j,5,2");
    file("x/_hidden/c.csv", "user,item,rating,ts", "u,k,5,3");
    file("x/.d.csv", "user,item,rating,ts", "u,k,5,3");
    file("x/README.txt", "user,item");
    Files.createFile(directory.resolve("x/0.csv"));
    file("x/0nl.csv", "", "");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("x/00.csv.gz")))) {
      out.flush();
    }
    try (Ratings ratings = Ratings.read(spark, source(directory.resolve("x"), "auto", "UTF-8"))) {
      assertThat(ratings.kept()).isEqualTo(2);
      assertThat(ratings.reading().files()).isEqualTo(2);
      assertThat(ratings.reading().skippedFiles()).isEqualTo(6);
      assertThat(ratings.reading().skipped().toString())
          .contains(
              "_hidden: hidden", "README.txt: no data", "0.csv: 0 bytes", "0nl.csv: no lines");
    }
    Path y = directory.resolve("y");
    for (String part : List.of("y", "y/sub")) {
      Path from = Path.of(parquet("'u' user, '" + part + "' item"));
      Files.createDirectories(directory.resolve(part));
      try (var parts = Files.newDirectoryStream(from, "*.parquet")) {
        Files.copy(parts.iterator().next(), directory.resolve(part).resolve("part.parquet"));
      }
    }
    Files.createFile(y.resolve("a.parquet"));
    Files.createFile(y.resolve("_SUCCESS"));
    assertThat(histories(y)).isEqualTo(Map.of("u", List.of("y", "y/sub")));
  }

  // separators, quotes, codecs, times

  @Test
  void contentDecidesWhatSeparates() throws IOException {
    Map<String, List<String>> expected = Map.of("1", List.of("7", "8"));
    assertThat(histories(file("a.csv", "1\t7\t5\t1", "1\t8\t5\t2"))).isEqualTo(expected);
    assertThat(histories(file("b.dat", "1,7,5,1", "1,8,5,2"))).isEqualTo(expected);
    assertThat(histories(file("c.tsv", "1;7;5;1", "1;8;5;2"))).isEqualTo(expected);
    assertThat(histories(file("d.data", "1|7|5|1", "1|8|5|2"))).isEqualTo(expected);
    assertThat(histories(file("e.csv", "1 7 5 1", "1  8  5 2"))).isEqualTo(expected);
    assertThat(histories(file("f", "1::7::5::1", "1::8::5::2"))).isEqualTo(expected);
    assertRefused(file("g.csv", "nothing", "here"), "g.csv", "input.separator", "'nothing'");
  }

  @Test
  void nobodyPlantsRatingsInATextOfManyLines() throws IOException {
    Path file =
        file(
            "n.csv",
            "user_id,item_id,rating,timestamp,text",
            "u,a,5,1,\"line one",
            "u9,evil,5,3,\"\"x\"\" more\"",
            "u,b,5,2,\"he said \\\"no\\\",",
            "u9,evil,5,3,x\"",
            "u,c,5,3,\"",
            "\"",
            "u,d,5,4,plain");
    Map<String, List<String>> expected = Map.of("u", List.of("a", "b", "c", "d"));
    assertThat(histories(file)).isEqualTo(expected);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    for (int size : new int[] {40, 60, 75, 97}) {
      hadoop.set("mapreduce.input.fileinputformat.split.maxsize", String.valueOf(size));
      try {
        assertThat(histories(file)).as("splits of %d bytes", size).isEqualTo(expected);
      } finally {
        hadoop.unset("mapreduce.input.fileinputformat.split.maxsize");
      }
    }
  }

  @Test
  void aForgottenQuoteIsBadRowsToWhereItCloses() throws IOException {
    Path file =
        file(
            "q.csv",
            "user,item,rating,ts",
            "u,a,5,1",
            "u,\"b,5,2",
            "u,c,5,3",
            "u,\"d\",5,4",
            "u,e,5,5",
            "u,f,5,6",
            "u,g,5,7");
    try (Ratings ratings = Ratings.read(spark, source(file, "auto", "UTF-8"))) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("open-quote", 3L));
    }
    assertThat(histories(file)).isEqualTo(Map.of("u", List.of("a", "e", "f", "g")));
  }

  @Test
  void whatIsNoTextIsNamed() throws IOException {
    Map<String, String> kinds =
        Map.of(
            "a.csv.xz",
            "fd377a585a0000",
            "b.csv.zip",
            "504b0304140000",
            "c",
            "28b52ffd2400",
            "d.csv",
            "1f8b0800000000",
            "e.csv",
            "fffe75000a00",
            "f.dat",
            "4f524301",
            "g.csv",
            "7500000031");
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      Path file = directory.resolve(kind.getKey());
      Files.write(file, HexFormat.of().parseHex(kind.getValue()));
      assertRefused(file, "input cannot be read: file:" + file);
    }
    assertRefused(file("h.json", "{\"user\": 1}"), "is JSON");
    assertRefused(file("i.csv", "\u001b[31muser,\u0007thing", "1,2"), "\\u001b[31muser");
  }

  @Test
  void timesOfTwoScalesAreNeverCompared() throws IOException {
    for (String[] times :
        List.of(
            new String[] {"2018-07-01", "2018-07-02T01:00:00Z", "2018-07-02 01:00:00.5"},
            new String[] {
              "2018-07-01T10:00:00+09:00", "2018-07-01T02:00Z", "2018-07-01 03:00:00 UTC"
            },
            new String[] {"1530000000", "1530000001.5", "1530000002"},
            new String[] {"1530000000000", "1530000000001", "1530000000002"})) {
      Path file =
          file(
              "t.csv",
              "user,item,rating,ts",
              "u,a,5," + times[0],
              "u,b,5," + times[1],
              "u,c,5," + times[2]);
      assertThat(histories(file)).isEqualTo(Map.of("u", List.of("a", "b", "c")));
    }
    file("m/a.csv", "user,item,rating,ts", "u,a,5,1530000000");
    file("m/b.csv", "user,item,rating,ts", "u,b,5,1530000000000");
    assertRefused(directory.resolve("m"), "timestamps of two kinds", "a.csv", "b.csv");
    StringBuilder rows = new StringBuilder("user,item,rating,ts");
    for (int row = 0; row < 30; row++) {
      rows.append("\nu,i")
          .append(row)
          .append(",5,")
          .append(row < 20 ? 1530000000L : 1530000000000L);
    }
    try (Ratings ratings =
        Ratings.read(spark, source(file("l.csv", rows.toString()), "auto", "UTF-8"))) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("not-a-time", 10L));
    }
  }

  // data without ratings, remarks

  @Test
  void everyRowIsLikedWhereThereAreNoRatings() throws IOException {
    Path clicks = file("c.csv", "timestamp,visitorid,event,itemid", "2,u,view,b", "1,u,view,a");
    Map<String, List<String>> expected = Map.of("u", List.of("a", "b"));
    assertThat(histories(clicks)).isEqualTo(expected);
    try (Ratings ratings = Ratings.read(spark, source(clicks, "auto", "UTF-8"))) {
      assertThat(ratings.reading().columns().get("rating")).contains("every row counts as liked");
    }
    Path bare = file("b.tsv", "u\tb\t2", "u\ta\t1");
    assertThat(histories(source(bare, "none", "UTF-8"))).isEqualTo(expected);
  }

  @Test
  void minusOneIsSeenButNotRated() throws IOException {
    Path file = file("anime.csv", "user_id,anime_id,rating,ts", "u,a,-1,1", "u,b,5,2", "v,a,5,1");
    try (Ratings ratings = Ratings.read(spark, source(file, "auto", "UTF-8"))) {
      assertThat(ratings.rejected()).isEmpty();
      assertThat(ratings.histories().where("user = 'u'").first().getList(3)).hasToString("[a]");
    }
  }

  @Test
  void remarksBeforeTheHeaderAreNoRows() throws IOException {
    Map<String, List<String>> expected = Map.of("1", List.of("7", "8"));
    assertThat(histories(file("a.csv", "sep=;", "userId;itemId;rating;ts", "1;7;5;1", "1;8;5;2")))
        .isEqualTo(expected);
    assertThat(histories(file("b.csv", "# a table, of ratings", "# by us", "1,7,5,1", "1,8,5,2")))
        .isEqualTo(expected);
    assertThat(histories(file("c.csv", "# user,item,rating,ts", "1,7,5,1", "1,8,5,2")))
        .isEqualTo(expected);
    assertThat(histories(file("d.txt", "% bip weighted", "1 7 5 1", "1 8 5 2")))
        .isEqualTo(expected);
    assertThat(histories(file("e.csv", "#1,7,5,1", "#1,8,5,2")))
        .isEqualTo(Map.of("#1", List.of("7", "8")));
  }
}
