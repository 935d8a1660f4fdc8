package io.github.item2vec.train.format;

import io.github.item2vec.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** A file read piece by piece, which knows its name and row for the errors; unpacks .gz, .bz2. */
final class RowInput implements Closeable {
  /** So that a damaged file is an error, not a piece as long as the file. */
  static final int LONGEST_ITEM = 1 << 16;

  private static final byte[] MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);
  private static final int BUFFER = 1 << 16;
  private static final int EXCERPT = 40;

  private final String file;
  private final long length;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int end;
  private long row;

  /**
   * @param length bytes of the stream, {@link Long#MAX_VALUE} when that is not known
   */
  RowInput(String file, long length, InputStream in) {
    this.file = file;
    this.length = length;
    this.in = in;
  }

  static RowInput open(Configuration hadoop, String file) throws IOException {
    Path path = new Path(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    long length = codec == null ? fileSystem.getFileStatus(path).getLen() : Long.MAX_VALUE;
    InputStream bytes = fileSystem.open(path);
    RowInput in =
        new RowInput(file, length, codec == null ? bytes : codec.createInputStream(bytes));
    in.skipByteOrderMark();
    return in;
  }

  /** UTF-8's, at the beginning. */
  void skipByteOrderMark() throws IOException {
    while (end < MARK.length) {
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        return;
      }
      end += read;
    }
    position = Arrays.equals(buffer, 0, MARK.length, MARK, 0, MARK.length) ? MARK.length : 0;
  }

  /** Rows count from 1; before the first call it is the header, row 0. */
  void nextRow() {
    row++;
  }

  /** Bytes of the file, no end to it when it is packed. */
  long length() {
    return length;
  }

  long row() {
    return row;
  }

  /**
   * What comes before the delimiter, which is passed; the rest of the file when it does not come
   * again; null at the end of the file.
   */
  String until(char delimiter, long limit) throws IOException {
    ByteArrayOutputStream piece = new ByteArrayOutputStream(64);
    boolean some = false;
    while (more()) {
      some = true;
      int from = position;
      while (position < end && buffer[position] != delimiter) {
        position++;
      }
      piece.write(buffer, from, position - from);
      if (piece.size() > limit) {
        throw bad("longer than %d bytes".formatted(limit));
      }
      if (position < end) {
        position++;
        break;
      }
    }
    return some ? text(piece.toByteArray()) : null;
  }

  /** Fills the array as far as the file goes; returns how far that is. */
  int read(byte[] bytes) throws IOException {
    int filled = 0;
    while (filled < bytes.length && more()) {
      int length = Math.min(bytes.length - filled, end - position);
      System.arraycopy(buffer, position, bytes, filled, length);
      position += length;
      filled += length;
    }
    return filled;
  }

  void skipLineFeeds() throws IOException {
    while (more() && buffer[position] == '\n') {
      position++;
    }
  }

  /** Whether nothing but white space is left. */
  boolean atEnd() throws IOException {
    while (more() && Character.isWhitespace(buffer[position])) {
      position++;
    }
    return !more();
  }

  /** An error at this place, to be thrown; control characters are escaped. */
  IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(place() + ": " + Printable.line(what));
  }

  /** The file and the row. */
  String place() {
    return "%s, %s".formatted(file, row == 0 ? "header" : "row " + row);
  }

  /** A damaged file's text, short enough for a message. */
  static String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "...";
  }

  private String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw bad("not UTF-8");
    }
  }

  private boolean more() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, in.read(buffer));
    }
    return position < end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
