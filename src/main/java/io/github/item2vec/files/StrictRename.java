package io.github.item2vec.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * A rename that fails where it should: when the source is gone, or the directory to move to. That
 * makes a directory a fence: who takes it away stops all renames out of it and into it. One step on
 * a local disk and on HDFS; an object store copies. Driver and tasks.
 */
public final class StrictRename {
  private StrictRename() {}

  /**
   * Moves a file or a directory. A file that is there already is replaced; a directory is not, and
   * must be moved away before.
   *
   * @throws IOException when the source or the directory to move to is missing; nothing has moved
   */
  public static void move(FileSystem files, Path from, Path to) throws IOException {
    if (files instanceof LocalFileSystem local) { // Hadoop's own falls back to copying
      Files.move(
          local.pathToFile(from).toPath(),
          local.pathToFile(to).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
    } else {
      Path absolute = files.makeQualified(to);
      FileContext.getFileContext(absolute.toUri(), files.getConf())
          .rename(files.makeQualified(from), absolute, Rename.OVERWRITE);
    }
  }
}
