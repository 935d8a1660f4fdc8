package io.github.item2vec.job.run;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.files.PlainFile;
import io.github.item2vec.files.StrictRename;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The output directory of one run. What the run writes lies in a directory of its own, {@code
 * OUTPUT/.run/N}, until it is complete and appears by one rename. Who takes the output over removes
 * that directory first, so a run that stalled can let nothing appear any more, however far it had
 * come: neither the rename out of its directory nor one into it succeeds. Driver only.
 *
 * <p>On an object store a rename copies and is no fence by itself; there {@code run.json}, written
 * last and with one request, tells by its counts and digests what belongs to it.
 */
public final class RunOutput implements AutoCloseable {
  private final FileSystem files;
  private final Path output;
  private final OutputLease lease;

  private RunOutput(FileSystem files, Path output, OutputLease lease) {
    this.files = files;
    this.output = output;
    this.lease = lease;
  }

  /**
   * Begins to write to an output, which is made if need be; it is this run's until {@link #close}.
   *
   * @param run names the run to those that wait
   * @throws OutputBusyException when another run is at work on it
   * @throws ConfigException when no file system takes the path
   */
  public static RunOutput open(Configuration hadoop, String output, String run) {
    Path directory = path(output);
    try {
      FileSystem files = directory.getFileSystem(hadoop);
      files.mkdirs(directory);
      OutputLease lease = OutputLease.acquire(files, directory, run, OutputLease.life(hadoop));
      return new RunOutput(files, directory, lease);
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw refused(output, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to %s: %s".formatted(output, e.getMessage()), e);
    }
  }

  /**
   * An output's path, every character taken as it is.
   *
   * @throws ConfigException when no file system takes it
   */
  static Path path(String output) {
    try {
      return new Path(output);
    } catch (IllegalArgumentException e) {
      throw refused(output, e);
    }
  }

  private static ConfigException refused(String output, Exception cause) {
    return new ConfigException(
        "--output %s: the file system does not take this path (%s): choose one without ':'"
            .formatted(output, cause.getMessage()),
        cause);
  }

  /** Where the run writes what is to appear under a name. */
  public String own(String name) {
    return new Path(lease.own(), name).toString();
  }

  /** Where it appears. */
  public String place(String name) {
    return new Path(output, name).toString();
  }

  /**
   * Lets what the run has written appear, in the place of what was there; nothing, if it has
   * written nothing.
   *
   * @throws OutputBusyException when the output is another run's by now
   */
  public void appear(String name) {
    Path own = new Path(own(name));
    Path place = new Path(place(name));
    Path former = new Path(lease.own(), "former-" + UUID.randomUUID());
    lease.requireHeld();
    try {
      if (!place.getParent().equals(output)) {
        files.mkdirs(place.getParent());
      }
      if (files instanceof LocalFileSystem local) { // a checksum would be held against what comes
        Files.deleteIfExists(local.pathToFile(local.getChecksumFile(place)).toPath());
      }
      boolean written = files.exists(own);
      if (files.exists(place) && !(written && files.getFileStatus(own).isFile())) {
        StrictRename.move(files, place, former);
      }
      if (written) {
        StrictRename.move(files, own, place);
      }
      files.delete(former, true);
    } catch (IOException e) {
      lease.requireHeld(); // whose directory is gone has lost the output
      throw new UncheckedIOException("cannot write " + place + ": " + e.getMessage(), e);
    }
  }

  /** Writes a file; who reads it sees the old one or all of the new. */
  public void write(String name, byte[] content) {
    Path own = new Path(own(name));
    try {
      PlainFile.write(files, own, content);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write %s: %s".formatted(place(name), e.getMessage()), e);
    }
    appear(name);
  }

  /** What to do, once, when another run has taken the output over. */
  public void onLoss(Runnable stop) {
    lease.onLoss(stop);
  }

  /**
   * To be asked before work that others could see.
   *
   * @throws OutputBusyException when the output is another run's by now
   */
  public void requireHeld() {
    lease.requireHeld();
  }

  /** Lets others begin. */
  @Override
  public void close() {
    lease.close();
  }

  @Override
  public String toString() {
    return output.toString();
  }
}
