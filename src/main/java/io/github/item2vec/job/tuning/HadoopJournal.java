package io.github.item2vec.job.tuning;

import io.github.item2vec.files.WholeFile;
import io.github.item2vec.tune.JournalFile;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A journal on any Hadoop file system, object stores that cannot append among them: each event
 * writes the whole file again. A journal is some hundred KiB; an event comes when a trial begins or
 * ends.
 */
final class HadoopJournal implements JournalFile {
  private final Configuration hadoop;
  private final Path path;
  private byte[] content;

  private HadoopJournal(Configuration hadoop, Path path) {
    this.hadoop = hadoop;
    this.path = path;
    this.content = stored();
  }

  /** The journal at a path: on a local disk appended to and locked, elsewhere rewritten. */
  static JournalFile open(Configuration hadoop, Path path) {
    try {
      Path absolute = path.getFileSystem(hadoop).makeQualified(path);
      return "file".equals(absolute.toUri().getScheme())
          ? JournalFile.local(java.nio.file.Path.of(absolute.toUri().getPath()))
          : new HadoopJournal(hadoop, absolute);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + path, e);
    }
  }

  private byte[] stored() {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException none) {
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
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
    try {
      WholeFile.write(hadoop, path, out -> out.write(bytes));
      content = bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  @Override
  public void close() {}
}
