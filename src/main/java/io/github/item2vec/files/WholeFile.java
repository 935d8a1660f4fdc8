package io.github.item2vec.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** A file that takes its name only when it is complete: an earlier one outlives a failure. */
public final class WholeFile {
  private static final int BUFFER = 1 << 16;

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /** Writes under a temporary name in the same directory, then renames; packs .gz, .bz2. */
  public static void write(Configuration hadoop, String file, Content content) throws IOException {
    Path named = new Path(file);
    FileSystem fileSystem = named.getFileSystem(hadoop);
    Path path = fileSystem.makeQualified(named);
    Path temporary =
        new Path(path.getParent(), ".%s.%s".formatted(path.getName(), UUID.randomUUID()));
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try {
      OutputStream bytes = fileSystem.create(temporary, false);
      try (OutputStream out =
          new BufferedOutputStream(
              codec == null ? bytes : codec.createOutputStream(bytes), BUFFER)) {
        content.writeTo(out);
      }
      FileContext.getFileContext(path.toUri(), hadoop).rename(temporary, path, Rename.OVERWRITE);
    } finally {
      fileSystem.delete(temporary, false);
    }
  }
}
