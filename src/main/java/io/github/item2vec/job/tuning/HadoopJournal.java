package io.github.item2vec.job.tuning;

import io.github.item2vec.job.run.OutputBusyException;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.tune.JournalFile;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A journal on any Hadoop file system, object stores that cannot append among them: each event
 * writes the whole file again, as long as the output is this run's. A journal is some hundred KiB;
 * an event comes when a trial begins or ends.
 */
final class HadoopJournal implements JournalFile {
  private final RunOutput output;
  private final String name;
  private byte[] content;

  private HadoopJournal(RunOutput output, String name, byte[] content) {
    this.output = output;
    this.name = name;
    this.content = content;
  }

  /**
   * The journal of that name in an output: on a local disk appended to and locked, elsewhere
   * rewritten.
   *
   * @throws OutputBusyException when another process of this machine writes it
   */
  static JournalFile open(Configuration hadoop, RunOutput output, String name) {
    Path path = new Path(output.place(name));
    try {
      FileSystem files = path.getFileSystem(hadoop);
      return files instanceof LocalFileSystem local
          ? JournalFile.local(local.pathToFile(path).toPath())
          : new HadoopJournal(output, name, stored(files, path));
    } catch (IllegalStateException locked) {
      throw new OutputBusyException(
          locked.getMessage() + ": wait for it to end, or end it if it stands still", locked);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + path, e);
    }
  }

  private static byte[] stored(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException none) {
      return new byte[0];
    }
  }

  @Override
  public byte[] read() {
    return content.clone();
  }

  @Override
  public void append(byte[] bytes) {
    ByteArrayOutputStream longer = new ByteArrayOutputStream(content.length + bytes.length);
    longer.writeBytes(content);
    longer.writeBytes(bytes);
    replace(longer.toByteArray());
  }

  @Override
  public void truncate(long length) {
    replace(Arrays.copyOf(content, Math.toIntExact(length)));
  }

  private void replace(byte[] bytes) {
    output.write(name, bytes);
    content = bytes;
  }

  @Override
  public void close() {}
}
