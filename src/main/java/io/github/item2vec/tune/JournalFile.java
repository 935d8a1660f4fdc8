package io.github.item2vec.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the bytes of a journal are. */
public interface JournalFile extends AutoCloseable {
  /** All that is there. */
  byte[] read();

  /** Adds to the end; returns when it would survive a crash. */
  void append(byte[] bytes);

  /** Cuts off all but the first {@code length} bytes. */
  void truncate(long length);

  @Override
  void close();

  /**
   * A file on a local disk, locked against a second writer while it is open; readers are not kept
   * out.
   *
   * @throws IllegalStateException when another process writes it
   */
  static JournalFile local(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean locked;
      try {
        locked = channel.tryLock() != null;
      } catch (OverlappingFileLockException thisProcessToo) {
        locked = false;
      }
      if (!locked) {
        channel.close();
        throw new IllegalStateException(path + ": another process is at work on this study");
      }
      return new Local(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + path, e);
    }
  }

  /** See {@link #local}. */
  record Local(Path path, FileChannel channel) implements JournalFile {
    @Override
    public byte[] read() {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }

    @Override
    public void append(byte[] bytes) {
      try {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        channel.position(channel.size());
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + path, e);
      }
    }

    @Override
    public void truncate(long length) {
      try {
        channel.truncate(length).force(true);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + path, e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + path, e);
      }
    }
  }
}
