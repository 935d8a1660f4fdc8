package io.github.item2vec.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file written in one piece. On a local disk without Hadoop's own streams: they leave a
 * checksum file next to it, which a rename does not take along, and make an Error of a full disk.
 * Driver and tasks.
 */
public final class PlainFile {
  private PlainFile() {}

  /** Writes a file; one of that name is overwritten. */
  public static void write(FileSystem files, Path file, byte[] content) throws IOException {
    if (files instanceof LocalFileSystem local) {
      java.nio.file.Path path = local.pathToFile(file).toPath();
      Files.createDirectories(path.getParent());
      Files.write(path, content);
    } else {
      try (OutputStream out = files.create(file, true)) {
        out.write(content);
      }
    }
  }
}
