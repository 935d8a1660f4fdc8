package io.github.item2vec.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Iterator;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import scala.Tuple2;

/** The lines of one split of a file; used by one task. */
final class SplitLines {
  private final InputFile file;
  private final Iterator<Tuple2<LongWritable, Text>> lines;
  private final boolean last;
  private final Charset encoding;
  private final CharsetDecoder decoder;
  private Tuple2<LongWritable, Text> line;
  private boolean decoded;

  /** {@code last}: whether no other split of the file follows. */
  SplitLines(
      InputFile file, Iterator<Tuple2<LongWritable, Text>> lines, boolean last, String encoding) {
    this.file = file;
    this.lines = lines;
    this.last = last;
    this.encoding = Charset.forName(encoding);
    this.decoder = this.encoding.newDecoder(); // reports what it cannot decode
  }

  boolean last() {
    return last;
  }

  /** Goes to the next line; false when there is none. */
  boolean next() {
    if (!hasNext()) {
      return false;
    }
    line = lines.next();
    return true;
  }

  boolean hasNext() {
    try {
      return lines.hasNext();
    } catch (Exception e) {
      // Scala's iterator throws the reader's IOException undeclared
      if (IOException.class.isInstance(e)) {
        throw new BadInputException(
            "input cannot be read: " + file.path() + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  long offset() {
    return line._1.get();
  }

  Text bytes() {
    return line._2;
  }

  /** Whether the line is beyond the limit, and {@link #bytes} its beginning. */
  boolean tooLong() {
    return LimitedLines.isTooLong(line._2);
  }

  /** The line as text; bytes that are none in the encoding become U+FFFD, see {@link #decoded}. */
  String text() {
    ByteBuffer bytes = ByteBuffer.wrap(line._2.getBytes(), 0, line._2.getLength());
    try {
      decoded = true;
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      decoded = false;
      return new String(line._2.getBytes(), 0, line._2.getLength(), encoding);
    }
  }

  /** Whether the last {@link #text} was text in the encoding. */
  boolean decoded() {
    return decoded;
  }
}
