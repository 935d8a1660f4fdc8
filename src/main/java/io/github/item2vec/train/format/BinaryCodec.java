package io.github.item2vec.train.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * {@code item}, a space, the values as little-endian floats. gensim 4.4.0 puts nothing behind them,
 * word2vec.c a line feed, which either program drops before the next item when it reads.
 */
final class BinaryCodec implements RowCodec {
  @Override
  public boolean binary() {
    return true;
  }

  @Override
  public long shortestRow(int columns) {
    return 2 + (long) Float.BYTES * columns;
  }

  @Override
  public void write(OutputStream out, String item, float[] vector) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    out.write(item.getBytes(StandardCharsets.UTF_8));
    out.write(' ');
    out.write(bytes.array());
  }

  @Override
  public String read(RowInput in, float[] vector) throws IOException {
    in.skipLineFeeds();
    String item = in.until(' ', RowInput.LONGEST_ITEM);
    if (item == null) {
      throw in.bad("the file ends here");
    }
    if (item.chars().anyMatch(Character::isISOControl)) {
      throw in.bad(
          "item '%s' holds control characters: the rows are no longer where they should be, as after an item with a blank in it, or the file is no binary one"
              .formatted(RowInput.excerpt(item)));
    }
    byte[] bytes = new byte[Float.BYTES * vector.length];
    int read = in.read(bytes);
    if (read < bytes.length) {
      throw in.bad(
          "the file ends after %d of the %d bytes of '%s'"
              .formatted(read, bytes.length, RowInput.excerpt(item)));
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return item;
  }
}
