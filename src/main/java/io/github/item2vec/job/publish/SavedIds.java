package io.github.item2vec.job.publish;

import io.github.item2vec.files.DamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.api.Binary;

/**
 * The id mappings that a publish has written (Parquet: id, uuid, both text), read by Parquet's own
 * reader, without Spark: what one user's list needs is read in less time than a session starts in.
 * Driver only.
 */
final class SavedIds {
  private static final String ID = "id";
  private static final String UUID_TEXT = "uuid";

  /** Below an output. */
  static final String IDS = "ids/";

  private SavedIds() {}

  /** Where a mapping lies: {@code users} or {@code items}. */
  static String directory(String output, String name) {
    return new Path(output, IDS + name).toString();
  }

  static boolean exists(Configuration hadoop, String directory) {
    Path path = new Path(directory);
    try {
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  /**
   * The UUID of one id; row groups and pages that cannot hold it are skipped.
   *
   * @throws DamagedException when the files are missing or cannot be read
   */
  static Optional<UUID> uuid(Configuration hadoop, String directory, String id) {
    Map<String, UUID> found = new HashMap<>();
    FilterCompat.Filter only =
        FilterCompat.get(FilterApi.eq(FilterApi.binaryColumn(ID), Binary.fromString(id)));
    read(hadoop, directory, only, found::put);
    return Optional.ofNullable(found.get(id));
  }

  /**
   * All ids by their UUIDs.
   *
   * @throws DamagedException when the files are missing or cannot be read
   */
  static Map<UUID, String> ids(Configuration hadoop, String directory) {
    Map<UUID, String> ids = new HashMap<>();
    read(hadoop, directory, FilterCompat.NOOP, (id, uuid) -> ids.put(uuid, id));
    return ids;
  }

  private static void read(
      Configuration hadoop,
      String directory,
      FilterCompat.Filter filter,
      BiConsumer<String, UUID> rows) {
    Path path = new Path(directory);
    int files = 0;
    try {
      FileSystem system = path.getFileSystem(hadoop);
      for (FileStatus file : system.listStatus(path, SavedIds::isData)) {
        readFile(hadoop, file.getPath(), filter, rows);
        files++;
      }
    } catch (IOException | RuntimeException e) { // Parquet's own exceptions are of no one type
      throw damaged(directory, e.getMessage(), e);
    }
    if (files == 0) {
      throw damaged(directory, "it holds no file", null);
    }
  }

  private static void readFile(
      Configuration hadoop, Path file, FilterCompat.Filter filter, BiConsumer<String, UUID> rows)
      throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file)
            .withConf(hadoop)
            .withFilter(filter)
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.accept(row.getString(ID, 0), UUID.fromString(row.getString(UUID_TEXT, 0)));
      }
    }
  }

  /** What Spark reads of a directory: not _SUCCESS, and no hidden file. */
  private static boolean isData(Path file) {
    return !file.getName().startsWith("_") && !file.getName().startsWith(".");
  }

  private static DamagedException damaged(String directory, String reason, Throwable cause) {
    return new DamagedException(
        "%s is missing or damaged: %s; restore it, or run again".formatted(directory, reason),
        cause);
  }
}
