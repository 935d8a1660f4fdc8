package io.github.item2vec.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * A file that takes its name only when it is complete, on any Hadoop file system: it is written
 * under a temporary name in the same directory, then renamed. Who reads it sees the old file or all
 * of the new one; a failure leaves the old one. Driver and tasks.
 */
public final class WholeFile {
  private static final int BUFFER = 1 << 16;

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /** Writes a file; one of that name is replaced. */
  public static void write(Configuration hadoop, Path file, Content content) throws IOException {
    write(hadoop, file, content, WholeFile::replace);
  }

  /** Writes a file as its name says: packed when it ends in .gz, .bz2, ... */
  public static void writePacked(Configuration hadoop, Path file, Content content)
      throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    write(
        hadoop,
        file,
        codec == null
            ? content
            : out -> {
              try (OutputStream packed =
                  new BufferedOutputStream(codec.createOutputStream(out), BUFFER)) {
                content.writeTo(packed);
              }
            });
  }

  /**
   * Writes a file that several attempts of a task may write at once, all with the same bytes: the
   * first one stays.
   */
  public static void writeOnce(Configuration hadoop, Path file, Content content)
      throws IOException {
    write(hadoop, file, content, WholeFile::keepFirst);
  }

  @FunctionalInterface
  private interface Renaming {
    void rename(Configuration hadoop, Path temporary, Path file) throws IOException;
  }

  private static void write(Configuration hadoop, Path named, Content content, Renaming renaming)
      throws IOException {
    FileSystem files = named.getFileSystem(hadoop);
    Path file = files.makeQualified(named);
    Path temporary =
        new Path(file.getParent(), ".%s.%s".formatted(file.getName(), UUID.randomUUID()));
    try {
      try (OutputStream out = new BufferedOutputStream(files.create(temporary, false), BUFFER)) {
        content.writeTo(out);
      } catch (FSError full) { // Hadoop's for what a local disk refuses
        throw new IOException(full.getCause().getMessage(), full);
      }
      renaming.rename(hadoop, temporary, file);
    } finally {
      files.delete(temporary, false);
    }
  }

  private static void replace(Configuration hadoop, Path temporary, Path file) throws IOException {
    FileContext.getFileContext(file.toUri(), hadoop).rename(temporary, file, Rename.OVERWRITE);
  }

  private static void keepFirst(Configuration hadoop, Path temporary, Path file)
      throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    if (!files.rename(temporary, file) && !files.exists(file)) {
      throw new IOException("cannot rename " + temporary);
    }
  }
}
