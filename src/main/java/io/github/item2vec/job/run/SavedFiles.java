package io.github.item2vec.job.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.files.RowDigest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a run has saved in a directory, so that who reads it later can tell whether that is still
 * what lies there. Driver only.
 *
 * @param files those whose names do not begin with a dot, {@code _SUCCESS} among them, at any depth
 * @param bytes their lengths together
 * @param rows of lists; null of a model
 * @param digest of lists {@link RowDigest}; of a model the SHA-256 of its metadata's files, one
 *     after another, which hold the digests of its tables
 */
public record SavedFiles(long files, long bytes, Long rows, String digest) {
  private static final int BLOCK = 1 << 16;

  /** Lists that a run has just saved. */
  public static SavedFiles lists(Configuration hadoop, String directory, RowDigest rows) {
    SavedFiles found = counted(hadoop, directory);
    return new SavedFiles(found.files, found.bytes, rows.rows(), rows.digest());
  }

  /** A model, of whichever kind. */
  public static SavedFiles model(Configuration hadoop, String directory) {
    SavedFiles found = counted(hadoop, directory);
    return new SavedFiles(found.files, found.bytes, null, metadata(hadoop, directory));
  }

  static SavedFiles of(JsonNode json) {
    return new SavedFiles(
        json.path("files").asLong(),
        json.path("bytes").asLong(),
        json.has("rows") ? json.path("rows").asLong() : null,
        json.path("digest").asText());
  }

  /**
   * Checks that the files are there and as long as they were; reads none of them.
   *
   * @throws DamagedException when they are not
   */
  public void requireFiles(Configuration hadoop, String directory) {
    SavedFiles found = counted(hadoop, directory);
    if (found.files != files || found.bytes != bytes) {
      throw new DamagedException(
          "%s is not what the run saved: %d files of %d bytes, not %d of %d; restore it, or run again"
              .formatted(directory, found.files, found.bytes, files, bytes));
    }
  }

  /** The same for a model, and that its metadata are those that were saved. */
  public void requireModel(Configuration hadoop, String directory) {
    requireFiles(hadoop, directory);
    if (!metadata(hadoop, directory).equals(digest)) {
      throw new DamagedException(
          "%s is not the model that the run saved: other metadata; restore it, or run again"
              .formatted(directory));
    }
  }

  /**
   * Checks the rows of lists.
   *
   * @throws DamagedException when they are not those that were saved
   */
  public void requireRows(String directory, RowDigest found) {
    if (!found.equals(new RowDigest(rows, digest))) {
      throw new DamagedException(
          found.rows() == rows
              ? "%s is damaged: it has other rows than the run saved, by their digest; restore it, or run again"
                  .formatted(directory)
              : "%s is damaged: it has %d rows of %d; restore it, or run again"
                  .formatted(directory, found.rows(), rows));
    }
  }

  private static SavedFiles counted(Configuration hadoop, String directory) {
    Path path = new Path(directory);
    try {
      long[] filesAndBytes = new long[2];
      count(path.getFileSystem(hadoop), path, filesAndBytes);
      return new SavedFiles(filesAndBytes[0], filesAndBytes[1], null, null);
    } catch (FileNotFoundException none) {
      return new SavedFiles(0, 0, null, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static void count(FileSystem files, Path directory, long[] filesAndBytes)
      throws IOException {
    for (FileStatus status : files.listStatus(directory)) {
      if (status.getPath().getName().startsWith(".")) {
        continue;
      }
      if (status.isDirectory()) {
        count(files, status.getPath(), filesAndBytes);
      } else {
        filesAndBytes[0]++;
        filesAndBytes[1] += status.getLen();
      }
    }
  }

  private static String metadata(Configuration hadoop, String directory) {
    Path path = new Path(directory, "metadata");
    try {
      FileSystem files = path.getFileSystem(hadoop);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      FileStatus[] parts = files.listStatus(path);
      Arrays.sort(parts);
      for (FileStatus part : parts) {
        if (part.isFile() && !part.getPath().getName().startsWith(".")) {
          update(digest, files, part.getPath());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } catch (IOException e) {
      throw new DamagedException(
          "%s cannot be read: %s; restore it, or run again".formatted(path, e.getMessage()), e);
    }
  }

  private static void update(MessageDigest digest, FileSystem files, Path part) throws IOException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = files.open(part)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
  }
}
