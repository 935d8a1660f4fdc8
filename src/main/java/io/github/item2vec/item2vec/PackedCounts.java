package io.github.item2vec.item2vec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Rows (item, count) as bytes: length of the id, id in UTF-8, count. */
final class PackedCounts {
  /** Of one array: many rows, far below an array's limit. */
  private static final int PIECE_BYTES = 1 << 20;

  private PackedCounts() {}

  /** The rows of a partition in pieces; runs in tasks. */
  static Iterator<byte[]> pack(Iterator<Row> rows) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    while (rows.hasNext()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      while (rows.hasNext() && bytes.size() < PIECE_BYTES) {
        Row row = rows.next();
        byte[] id = row.getString(0).getBytes(StandardCharsets.UTF_8);
        out.writeInt(id.length);
        out.write(id);
        out.writeLong(row.getLong(1));
      }
      pieces.add(bytes.toByteArray());
    }
    return pieces.iterator();
  }

  /** Adds the rows of a piece. */
  static void unpack(byte[] piece, Ids ids, LongList counts) {
    ByteBuffer bytes = ByteBuffer.wrap(piece);
    while (bytes.hasRemaining()) {
      byte[] id = new byte[bytes.getInt()];
      bytes.get(id);
      ids.add(id);
      counts.add(bytes.getLong());
    }
  }
}
