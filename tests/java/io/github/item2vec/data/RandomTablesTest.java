package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random tables, written by a literal writer in every separator, quoting, encoding and form of
 * timestamps, in one file and in many: the same histories come back, or a refusal; never a third
 * thing.
 */
final class RandomTablesTest extends SparkTest {
  private static final String MAX_SPLIT = "mapreduce.input.fileinputformat.split.maxsize";
  private static final int TABLES = 48;
  private static final String[] PIECES = {
    "a", "B7", "é", "ü", " ", ",", ";", "|", "\"", "#", "%", "\\", "'", "-", "x1", "0", "nan", "::"
  };

  @TempDir Path directory;

  /** A row; {@code time} counts seconds since 1970. */
  private record Rating(String user, String item, String rating, long time) {}

  /** How a table is written. */
  private record Style(
      String separator,
      boolean quotedAlways,
      boolean header,
      String encoding,
      int timeForm,
      boolean text,
      boolean gzip,
      int files,
      int split) {
    boolean mayQuote() {
      return separator.equals(",") || separator.equals(";") || quotedAlways;
    }
  }

  @Test
  void theSameHistoriesOrARefusal() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int read = 0;
    for (int table = 0; table < TABLES; table++) {
      Style style = style(random);
      List<Rating> ratings = ratings(random, style);
      Path folder = Files.createDirectory(directory.resolve("t" + table));
      write(ratings, style, folder, random);
      String what = "seed %d, table %d, %s".formatted(seed, table, style);
      try {
        assertThat(histories(folder, style)).as(what).isEqualTo(expected(ratings));
        read++;
      } catch (BadInputException e) {
        assertThat(e.getMessage()).as(what).contains(folder.getFileName().toString());
      }
    }
    assertThat(read).as("seed %d: tables that are read", seed).isGreaterThan(TABLES / 2);
  }

  private static Style style(Random random) {
    String separator = List.of(",", ";", "\t", "|", "::", " ").get(random.nextInt(6));
    boolean csv = separator.equals(",") || separator.equals(";");
    boolean quotedAlways = !separator.equals("::") && random.nextInt(3) == 0;
    return new Style(
        separator,
        quotedAlways,
        random.nextBoolean(),
        List.of("UTF-8", "ISO-8859-1", "windows-1252").get(random.nextInt(3)),
        random.nextInt(separator.equals(" ") ? 3 : 5),
        csv && random.nextBoolean(),
        random.nextInt(4) == 0,
        1 + random.nextInt(3),
        random.nextBoolean() ? 150 : 1 << 20);
  }

  private static List<Rating> ratings(Random random, Style style) {
    List<String> users = ids(random, style, 4);
    List<String> items = ids(random, style, 9);
    List<Rating> ratings = new ArrayList<>();
    for (String user : users) {
      for (String item : items) {
        if (random.nextInt(4) > 0 || ratings.isEmpty()) {
          long time = 1_200_000_000L + ratings.size() * 7919L % 1000 * 86_400 + ratings.size();
          ratings.add(new Rating(user, item, random.nextBoolean() ? "5" : "4.5", time));
        }
      }
    }
    Collections.shuffle(ratings, random);
    return ratings;
  }

  /** Different texts, as the style can hold them. */
  private static List<String> ids(Random random, Style style, int count) {
    Set<String> ids = new LinkedHashSet<>();
    while (ids.size() < count) {
      StringBuilder id = new StringBuilder();
      for (int piece = 0; piece <= random.nextInt(4); piece++) {
        id.append(PIECES[random.nextInt(random.nextInt(3) == 0 ? PIECES.length : 4)]);
      }
      String text = id.toString().strip();
      boolean plain =
          style.mayQuote() || !(text.contains(style.separator()) || text.contains("\""));
      if (!text.isEmpty()
          && !text.equals("nan")
          && plain
          && !text.endsWith(":")
          && !text.startsWith(":")) {
        ids.add(text);
      }
    }
    return List.copyOf(ids);
  }

  private static void write(List<Rating> ratings, Style style, Path folder, Random random)
      throws IOException {
    for (int file = 0; file < style.files(); file++) {
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
      if (style.header()) {
        Collections.shuffle(order, random); // each file has an order of its own
      }
      StringBuilder text = new StringBuilder();
      if (style.header()) {
        line(text, style, order, List.of("user_id", "item_id", "rating", "timestamp"), "text");
      }
      for (int row = file; row < ratings.size(); row += style.files()) {
        Rating rating = ratings.get(row);
        line(
            text,
            style,
            order,
            List.of(rating.user(), rating.item(), rating.rating(), time(style, rating.time())),
            "said \"no\",\nu9,evil,5,3;x\n\"" + row);
      }
      byte[] bytes = text.toString().getBytes(Charset.forName(style.encoding()));
      Files.write(
          folder.resolve("part" + file + (style.gzip() ? ".txt.gz" : ".txt")),
          style.gzip() ? gzip(bytes) : bytes);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static void line(
      StringBuilder text, Style style, List<Integer> order, List<String> values, String said) {
    List<String> fields = new ArrayList<>();
    for (int column : order) {
      fields.add(field(style, values.get(column)));
    }
    if (style.text()) {
      fields.add(field(style, said));
    }
    text.append(String.join(style.separator(), fields)).append('\n');
  }

  private static String field(Style style, String value) {
    boolean needs =
        value.contains("\"") || value.contains("\n") || value.contains(style.separator());
    return style.quotedAlways() || (style.mayQuote() && needs)
        ? "\"" + value.replace("\"", "\"\"") + "\""
        : value;
  }

  private static String time(Style style, long seconds) {
    String iso = Instant.ofEpochSecond(seconds).toString();
    return switch (style.timeForm()) {
      case 0 -> String.valueOf(seconds);
      case 1 -> String.valueOf(1000 * seconds);
      case 2 -> String.valueOf(1_000_000 * seconds);
      case 3 -> iso;
      default -> iso.replace('T', ' ').replace("Z", "");
    };
  }

  private static Map<String, List<String>> histories(Path folder, Style style) {
    RatingsSource source =
        new RatingsSource(
            folder.toString(),
            Format.AUTO,
            Order.TIMESTAMP,
            4,
            1,
            5,
            0,
            "auto",
            "auto",
            "auto",
            "auto",
            style.encoding(),
            "auto");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    hadoop.set(MAX_SPLIT, String.valueOf(style.split()));
    try (Ratings ratings = Ratings.read(spark, source)) {
      Map<String, List<String>> found = new TreeMap<>();
      for (Row row : ratings.histories().collectAsList()) {
        found.put(row.getString(0), List.copyOf(row.<String>getList(1)));
      }
      return found;
    } finally {
      hadoop.unset(MAX_SPLIT);
    }
  }

  private static Map<String, List<String>> expected(List<Rating> ratings) {
    Map<String, TreeMap<Long, String>> byTime = new TreeMap<>();
    for (Rating rating : ratings) {
      byTime
          .computeIfAbsent(rating.user(), user -> new TreeMap<>())
          .put(rating.time(), rating.item());
    }
    Map<String, List<String>> histories = new TreeMap<>();
    byTime.forEach((user, items) -> histories.put(user, List.copyOf(items.values())));
    return histories;
  }
}
