package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random tables, written as Parquet by Parquet's own writer in every form of ids and times, in one
 * file and in many, in directories that are columns: the same histories come back. Only files that
 * do not agree on a type may be refused, by name.
 */
final class RandomParquetTest extends SparkTest {
  private static final String ZONE = "spark.sql.session.timeZone";
  private static final int TABLES = 16;

  /** Two in the morning of a day on which New York has no such time. */
  private static final long FIRST_TIME = 1_205_028_000;

  @TempDir Path directory;

  private record Rating(String user, String item, double rating, long time) {}

  /** Which column is the name of directories. */
  private enum Directories {
    NONE,
    SUBDIRECTORIES,
    USER,
    ITEM,
    OTHER
  }

  /** How a table is written; {@code otherUsers}: in every second file. */
  private record Style(
      ParquetIdForm users,
      ParquetIdForm otherUsers,
      ParquetIdForm items,
      ParquetTimeForm times,
      int rating,
      Directories directories,
      int files,
      CompressionCodecName codec,
      String zone) {
    boolean mayBeRefused() {
      return users != otherUsers && files > 1;
    }
  }

  @Test
  void theSameHistoriesOrARefusal() throws IOException {
    long seed = System.nanoTime();
    for (int table = 0; table < TABLES; table++) {
      Random random = new Random(seed + table);
      Style style = style(random, table);
      List<Rating> ratings = ratings(random, style);
      Path folder = Files.createDirectory(directory.resolve("t" + table));
      write(ratings, style, folder, random);
      String what = "seed %d, table %d, %s".formatted(seed, table, style);
      try {
        assertThat(histories(folder, style)).as(what).isEqualTo(expected(ratings));
      } catch (BadInputException e) {
        assertThat(style.mayBeRefused()).as("%s: %s", what, e.getMessage()).isTrue();
        assertThat(e.getMessage()).as(what).contains(folder.getFileName().toString());
      }
    }
  }

  /** Each form of ids and times is in some table. */
  private static Style style(Random random, int table) {
    ParquetIdForm[] ids = ParquetIdForm.values();
    ParquetTimeForm[] times = ParquetTimeForm.values();
    Directories directories = Directories.values()[random.nextInt(Directories.values().length)];
    ParquetIdForm user =
        directories == Directories.USER ? ParquetIdForm.STRING : ids[table % ids.length];
    return new Style(
        user,
        directories != Directories.USER && random.nextInt(6) == 0
            ? ids[random.nextInt(ids.length)]
            : user,
        directories == Directories.ITEM ? ParquetIdForm.STRING : ids[random.nextInt(ids.length)],
        times[table % times.length],
        random.nextInt(6),
        directories,
        1 + random.nextInt(3),
        List.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD)
            .get(random.nextInt(4)),
        List.of("UTC", "America/New_York", "Asia/Kolkata").get(random.nextInt(3)));
  }

  private static List<Rating> ratings(Random random, Style style) {
    List<Rating> ratings = new ArrayList<>();
    for (long user : LongStream.range(0, 4).toArray()) {
      for (long item : random.longs(9, 0, 200).distinct().toArray()) {
        long time = FIRST_TIME + ratings.size() * style.times().step();
        double rating = style.rating() == 0 || random.nextInt(4) > 0 ? 4 + random.nextInt(2) : 2;
        ratings.add(new Rating(String.valueOf(user), style.items().id(item), rating, time));
      }
    }
    Collections.shuffle(ratings, random);
    for (int row = 0; row < ratings.size(); row++) {
      Rating rating = ratings.get(row);
      String user = users(style, row % style.files()).id(Long.parseLong(rating.user()));
      ratings.set(row, new Rating(user, rating.item(), rating.rating(), rating.time()));
    }
    return ratings;
  }

  private static ParquetIdForm users(Style style, int file) {
    return file % 2 == 0 ? style.users() : style.otherUsers();
  }

  private static void write(List<Rating> ratings, Style style, Path folder, Random random)
      throws IOException {
    for (int file = 0; file < style.files(); file++) {
      ParquetIdForm users = users(style, file);
      Map<Path, List<Rating>> byDirectory = new TreeMap<>();
      for (int row = file; row < ratings.size(); row += style.files()) {
        Rating rating = ratings.get(row);
        byDirectory
            .computeIfAbsent(folder.resolve(place(style, rating, file)), path -> new ArrayList<>())
            .add(rating);
      }
      MessageType schema = schema(style, users, random);
      for (Map.Entry<Path, List<Rating>> part : byDirectory.entrySet()) {
        Files.createDirectories(part.getKey());
        write(part.getValue(), style, users, schema, part.getKey().resolve(file + ".parquet"));
      }
    }
  }

  private static String place(Style style, Rating rating, int file) {
    return switch (style.directories()) {
      case NONE -> "";
      case SUBDIRECTORIES -> file % 2 == 0 ? "a" : "b/c";
      case USER -> "user_id=" + escaped(rating.user());
      case ITEM -> "item_id=" + escaped(rating.item());
      case OTHER -> "day=" + rating.time() % 3;
    };
  }

  /** As Hive escapes what file systems may not like. */
  private static String escaped(String id) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      char next = id.charAt(i);
      boolean plain = next > ' ' && "\"#%'*/:=?\\{[]}^".indexOf(next) < 0;
      name.append(plain ? String.valueOf(next) : "%%%02X".formatted((int) next));
    }
    return name.toString();
  }

  private static MessageType schema(Style style, ParquetIdForm users, Random random) {
    List<Type> fields = new ArrayList<>();
    if (style.directories() != Directories.USER) {
      fields.add(users.field("user_id"));
    }
    if (style.directories() != Directories.ITEM) {
      fields.add(style.items().field("item_id"));
    }
    fields.add(style.times().field("timestamp"));
    fields.add(
        Types.optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("text"));
    switch (style.rating()) {
      case 0 -> {} // every row is liked
      case 1 -> fields.add(Types.optional(PrimitiveTypeName.INT32).named("rating"));
      case 2 -> fields.add(Types.optional(PrimitiveTypeName.FLOAT).named("rating"));
      case 3 ->
          fields.add(
              Types.optional(PrimitiveTypeName.INT32)
                  .as(LogicalTypeAnnotation.decimalType(1, 3))
                  .named("rating"));
      case 4 ->
          fields.add(
              Types.optional(PrimitiveTypeName.BINARY)
                  .as(LogicalTypeAnnotation.stringType())
                  .named("rating"));
      default -> fields.add(Types.optional(PrimitiveTypeName.DOUBLE).named("rating"));
    }
    Collections.shuffle(fields, random);
    return new MessageType("ratings", fields);
  }

  private static void write(
      List<Rating> ratings, Style style, ParquetIdForm users, MessageType schema, Path file)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withCompressionCodec(style.codec())
            .build()) {
      for (Rating rating : ratings) {
        Group row = new SimpleGroup(schema);
        if (schema.containsField("user_id")) {
          users.add(row, "user_id", rating.user());
        }
        if (schema.containsField("item_id")) {
          style.items().add(row, "item_id", rating.item());
        }
        style.times().add(row, "timestamp", rating.time());
        switch (style.rating()) {
          case 0 -> row.add("text", "no rating");
          case 1 -> row.add("rating", (int) rating.rating());
          case 2 -> row.add("rating", (float) rating.rating());
          case 3 -> row.add("rating", (int) (10 * rating.rating()));
          case 4 -> row.add("rating", String.valueOf(rating.rating()));
          default -> row.add("rating", rating.rating());
        }
        writer.write(row);
      }
    }
  }

  private static Map<String, List<String>> histories(Path folder, Style style) {
    RatingsSource source =
        new RatingsSource(folder.toString(), Format.AUTO, Order.TIMESTAMP, 4, 1, 5, 0);
    String zone = spark.conf().get(ZONE);
    spark.conf().set(ZONE, style.zone());
    try (Ratings ratings = Ratings.read(spark, source)) {
      Map<String, List<String>> found = new TreeMap<>();
      ratings
          .histories()
          .collectAsList()
          .forEach(row -> found.put(row.getString(0), List.copyOf(row.<String>getList(1))));
      return found;
    } finally {
      spark.conf().set(ZONE, zone);
    }
  }

  private static Map<String, List<String>> expected(List<Rating> ratings) {
    Map<String, TreeMap<Long, String>> byTime = new TreeMap<>();
    for (Rating rating : ratings) {
      byTime.computeIfAbsent(rating.user(), user -> new TreeMap<>());
      if (rating.rating() >= 4) {
        byTime.get(rating.user()).put(rating.time(), rating.item());
      }
    }
    Map<String, List<String>> histories = new TreeMap<>();
    byTime.forEach((user, items) -> histories.put(user, List.copyOf(items.values())));
    return histories;
  }
}
