package io.github.item2vec.train.checkpoint;

import io.github.item2vec.files.WholeFile;
import io.github.item2vec.train.epoch.EpochResult;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The checkpoints of one training on any Hadoop file system: a directory {@code epoch-N} each, with
 * a file a part and, written last, {@code complete} with the results of the epochs. Files appear
 * whole, by renaming; several attempts of a task may write the same one, as they write the same
 * bytes. Used by the driver and in tasks.
 */
public final class CheckpointDirectory implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String EPOCH = "epoch-";
  private static final String COMPLETE = "complete";

  private final SerializableConfiguration configuration;
  private final String directory;

  /**
   * @param directory of this training alone: named by its settings and data
   */
  public CheckpointDirectory(SerializableConfiguration configuration, String directory) {
    this.configuration = configuration;
    this.directory = directory;
  }

  CheckpointDirectory of(String training) {
    return new CheckpointDirectory(configuration, new Path(directory, training).toString());
  }

  /** Reads a file to a value. */
  public interface FileReader<R> {
    R read(DataInputStream in) throws IOException;
  }

  /** Writes a file. */
  public interface FileWriter {
    void write(DataOutputStream out) throws IOException;
  }

  public void writePart(int epochs, int part, FileWriter writer) {
    write(new Path(epoch(epochs), "part-%05d".formatted(part)), writer);
  }

  public <R> R readPart(int epochs, int part, FileReader<R> reader) {
    return read(new Path(epoch(epochs), "part-%05d".formatted(part)), reader);
  }

  /** Makes a checkpoint valid once all of its parts are there, and removes the earlier ones. */
  public void complete(int epochs, List<EpochResult> results) {
    write(
        new Path(epoch(epochs), COMPLETE),
        out -> {
          out.writeInt(results.size());
          for (EpochResult result : results) {
            out.writeInt(result.epoch());
            out.writeDouble(result.loss());
            out.writeDouble(result.validation());
          }
        });
    for (int earlier : epochs()) {
      if (earlier < epochs) {
        delete(epoch(earlier));
      }
    }
  }

  public List<EpochResult> results(int epochs) {
    return read(
        new Path(epoch(epochs), COMPLETE),
        in -> {
          List<EpochResult> results = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            results.add(
                new EpochResult(in.readInt(), in.readDouble(), in.readDouble(), Double.NaN));
          }
          return results;
        });
  }

  /** Epochs that the newest valid checkpoint has behind it. */
  public OptionalInt newest() {
    try {
      OptionalInt newest = OptionalInt.empty();
      for (int epochs : epochs()) {
        if (epochs > newest.orElse(0) && fileSystem().exists(new Path(epoch(epochs), COMPLETE))) {
          newest = OptionalInt.of(epochs);
        }
      }
      return newest;
    } catch (IOException e) {
      throw failure("read", directory, e);
    }
  }

  public void deleteAll() {
    delete(new Path(directory));
  }

  private List<Integer> epochs() {
    try {
      List<Integer> epochs = new ArrayList<>();
      for (FileStatus status : fileSystem().listStatus(new Path(directory))) {
        String name = status.getPath().getName();
        if (name.startsWith(EPOCH)) {
          epochs.add(Integer.valueOf(name.substring(EPOCH.length())));
        }
      }
      return epochs;
    } catch (FileNotFoundException none) {
      return List.of();
    } catch (IOException e) {
      throw failure("list", directory, e);
    }
  }

  private Path epoch(int epochs) {
    return new Path(directory, EPOCH + epochs);
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(directory).getFileSystem(configuration.value());
  }

  private void write(Path file, FileWriter writer) {
    try {
      WholeFile.writeOnce(
          configuration.value(),
          file,
          out -> {
            DataOutputStream data = new DataOutputStream(out);
            writer.write(data);
            data.flush();
          });
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  private <R> R read(Path file, FileReader<R> reader) {
    try (DataInputStream in = fileSystem().open(file, 1 << 20)) {
      return reader.read(in);
    } catch (IOException e) {
      throw failure("read", file, e);
    }
  }

  private void delete(Path path) {
    try {
      fileSystem().delete(path, true);
    } catch (IOException e) {
      throw failure("delete", path, e);
    }
  }

  private static UncheckedIOException failure(String what, Object path, IOException cause) {
    return new UncheckedIOException("checkpoint: cannot %s %s".formatted(what, path), cause);
  }
}
