package io.github.item2vec.job.run;

import io.github.item2vec.files.PlainFile;
import io.github.item2vec.files.StrictRename;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The numbered files {@code OUTPUT/.run/N.lease}, of which the one with the greatest number counts,
 * and next to them the directories {@code N/} that runs write in. A number is given once: its file
 * is created exclusively, and the greatest one is never removed. Driver only.
 *
 * <p>Local disks and HDFS create exclusively, and so do most object stores' file systems; where one
 * does not, two runs that begin in the same instant may both get a number.
 */
final class LeaseFiles {
  private static final String SUFFIX = ".lease";
  private static final String GONE = "gone-";

  private final FileSystem files;
  private final Path directory;

  LeaseFiles(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /** The greatest number given so far; 0 when there is none. */
  long newest() throws IOException {
    long newest = 0;
    for (FileStatus status : list()) {
      String name = status.getPath().getName();
      if (name.endsWith(SUFFIX)) {
        newest = Math.max(newest, number(name));
      }
    }
    return newest;
  }

  /** Content of a lease; empty when it is gone or just being written. */
  String read(long number) throws IOException {
    try (InputStream in = raw().open(file(number))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException none) {
      return "";
    }
  }

  /** Creates a lease, whole; false when another run has that number. */
  boolean create(long number, String content) throws IOException {
    return files instanceof LocalFileSystem local
        ? createLocally(local, number, content)
        : createExclusively(number, content);
  }

  /** Two processes cannot both link the same name; a plain create of Hadoop's here looks first. */
  private boolean createLocally(LocalFileSystem local, long number, String content)
      throws IOException {
    java.nio.file.Path file = local.pathToFile(file(number)).toPath();
    java.nio.file.Path whole = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(whole, content);
      link(file, whole);
      return true;
    } catch (java.nio.file.FileAlreadyExistsException | NoSuchFileException later) {
      return false; // the second is another run's, which removes what is below its number
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void link(java.nio.file.Path file, java.nio.file.Path whole) throws IOException {
    try {
      Files.createLink(file, whole);
    } catch (java.nio.file.FileAlreadyExistsException | NoSuchFileException later) {
      throw later;
    } catch (IOException | UnsupportedOperationException noLinks) { // vfat, some network mounts
      Files.write(file, Files.readAllBytes(whole), StandardOpenOption.CREATE_NEW);
    }
  }

  private boolean createExclusively(long number, String content) throws IOException {
    Path file = file(number);
    OutputStream out;
    try {
      out = files.create(file, false);
    } catch (FileAlreadyExistsException held) {
      return false;
    } catch (IOException e) {
      if (files.exists(file)) { // some file systems have an exception of their own for that
        return false;
      }
      throw e;
    }
    try (out) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      files.delete(file, false);
      throw e;
    }
    return true;
  }

  /** Replaces the content of a lease by a rename; a failure leaves the former one. */
  void replace(long number, String content) throws IOException {
    Path next = new Path(directory, number + SUFFIX + ".next");
    PlainFile.write(files, next, content.getBytes(StandardCharsets.UTF_8));
    StrictRename.move(files, next, file(number));
  }

  /** Makes a directory for a run. */
  void makeDirectory(Path path) throws IOException {
    if (!files.mkdirs(path)) {
      throw new IOException("cannot make " + path);
    }
  }

  /** Takes a lease back that turned out to be below the newest. */
  void discard(long number) throws IOException {
    files.delete(file(number), false);
  }

  /**
   * Removes leases and directories below a number. A directory goes in one step, so that from then
   * on its run can move nothing out of it.
   */
  void discardBefore(long number) throws IOException {
    for (FileStatus status : list()) {
      Path path = status.getPath();
      if (path.getName().startsWith(GONE) || number(path.getName()) < number) {
        remove(path);
      }
    }
  }

  /** Removes what a run has left, as a whole. */
  void remove(Path path) throws IOException {
    Path goes = path;
    if (files instanceof LocalFileSystem) { // which would remove one file after another
      goes = new Path(directory, GONE + UUID.randomUUID());
      try {
        StrictRename.move(files, path, goes);
      } catch (NoSuchFileException done) {
        return;
      }
    }
    raw().delete(goes, true);
  }

  private FileStatus[] list() throws IOException {
    try {
      return raw().listStatus(directory);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  private Path file(long number) {
    return new Path(directory, number + SUFFIX);
  }

  /** Without the checksum files next to each file, which cannot be replaced together with it. */
  private FileSystem raw() {
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }

  /** The number that a name begins with; the greatest when it begins with none. */
  private static long number(String name) {
    int end = 0;
    while (end < name.length() && Character.isDigit(name.charAt(end))) {
      end++;
    }
    return end == 0 || end > 18 ? Long.MAX_VALUE : Long.parseLong(name.substring(0, end));
  }
}
