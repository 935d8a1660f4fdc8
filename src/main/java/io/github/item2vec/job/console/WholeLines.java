package io.github.item2vec.job.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Hands bytes on line by line; what has no line feed yet waits for it, or for the end. */
final class WholeLines extends OutputStream {
  private final Consumer<byte[]> lines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  WholeLines(Consumer<byte[]> lines) {
    this.lines = lines;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] whole = null;
    synchronized (begun) {
      int end = offset + length;
      while (end > offset && bytes[end - 1] != '\n') {
        end--;
      }
      if (end > offset) {
        begun.write(bytes, offset, end - offset);
        whole = begun.toByteArray();
        begun.reset();
      }
      begun.write(bytes, end, offset + length - end);
    }
    if (whole != null) {
      lines.accept(whole);
    }
  }

  @Override
  public void close() {
    synchronized (begun) {
      if (begun.size() > 0) {
        begun.write('\n');
        lines.accept(begun.toByteArray());
        begun.reset();
      }
    }
  }
}
