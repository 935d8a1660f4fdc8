package io.github.item2vec.job;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a text file, as long as its lines and the file are not longer than what the driver
 * can hold, whatever an archive unpacks to. Driver only.
 */
final class LimitedText extends FilterInputStream {
  private final int longestLine;
  private final long longest;
  private long read;
  private int line;

  LimitedText(InputStream bytes, int longestLine, long longest) {
    super(bytes);
    this.longestLine = longestLine;
    this.longest = longest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    for (int at = from; at < from + count; at++) {
      line = into[at] == '\n' || into[at] == '\r' ? 0 : line + 1;
      if (line > longestLine) {
        throw new IOException("a line of more than %,d bytes".formatted(longestLine));
      }
    }
    read += Math.max(0, count);
    if (read > longest) {
      throw new IOException("more than %,d bytes, unpacked".formatted(longest));
    }
    return count;
  }

  /** Marks are the reader's above, which has what it marks in memory. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
