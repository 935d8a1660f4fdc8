package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Gathers the checked rows of one task by user, in bytes, so that the shuffle moves a record a user
 * and not one a row; bad rows are records of their own. Holds {@value #FULL} bytes and little more:
 * when it is {@link #full}, its records are taken and it is cleared.
 */
final class RowPacker {
  static final String ROWS = "rows";
  static final String REJECTED = "rejected";

  /** The rows of one to two million lines meet. */
  private static final int FULL = 32 << 20;

  private static final int FIRST_USERS = 256;
  private static final int NONE = -1;
  private static final int HEAD = 2 * Integer.BYTES;

  private final double minRating;
  private final int limit;
  private final IdTable users = new IdTable();

  /** Each row behind two numbers: where its user's row before it is, and its own length. */
  private final PackedRow.Writer rows;

  /** By user: where the last row is, and the bytes of all. */
  private int[] last = new int[FIRST_USERS];

  private int[] sizes = new int[FIRST_USERS];

  private final List<Row> rejected = new ArrayList<>();
  private long rejectedBytes;

  RowPacker(Order order, double minRating) {
    this(order, minRating, FULL);
  }

  /** Full when it holds more than {@code limit} bytes. */
  RowPacker(Order order, double minRating, int limit) {
    this.minRating = minRating;
    this.limit = limit;
    this.rows = new PackedRow.Writer(order);
  }

  /** A record: user and {@link PackedRow}s, or a rejected row alone. */
  static StructType schema() {
    return new StructType()
        .add(Columns.USER, DataTypes.StringType)
        .add(ROWS, DataTypes.BinaryType)
        .add(REJECTED, RejectedRows.schema());
  }

  boolean full() {
    return rows.size() + users.bytes() + rejectedBytes > limit;
  }

  /** Adds a good row whose ids are texts. */
  void add(String user, String item, double rating, double time, InputFile file, long offset) {
    byte[] first = user.getBytes(StandardCharsets.UTF_8);
    byte[] second = item.getBytes(StandardCharsets.UTF_8);
    byte[] ids = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, ids, first.length, second.length);
    add(ids, 0, first.length, first.length, ids.length, rating, time, file, offset);
  }

  /** Adds a good row whose ids stand in a line, from and to there. */
  void add(
      byte[] line,
      int userFrom,
      int userTo,
      int itemFrom,
      int itemTo,
      double rating,
      double time,
      InputFile file,
      long offset) {
    int user = user(line, userFrom, userTo);
    int at = rows.size();
    rows.putInt(last[user]);
    rows.putInt(0);
    rows.put(line, itemFrom, itemTo, rating >= minRating, time, file.ordinal(), offset);
    int length = rows.size() - at - HEAD;
    rows.setInt(at + Integer.BYTES, length);
    last[user] = at;
    sizes[user] += length;
  }

  private int user(byte[] line, int from, int to) {
    int known = users.size();
    int user = users.put(line, from, to - from);
    if (user == known) {
      if (user == last.length) {
        last = Arrays.copyOf(last, 2 * user);
        sizes = Arrays.copyOf(sizes, 2 * user);
      }
      last[user] = NONE;
      sizes[user] = 0;
    }
    return user;
  }

  /** Adds a bad row. */
  void reject(String reason, InputFile file, long offset, String line) {
    rejected.add(
        RowFactory.create(
            null, null, RowFactory.create(reason, file.ordinal(), offset, file.path(), line)));
    rejectedBytes += 2L * line.length() + 128;
  }

  int records() {
    return users.size() + rejected.size();
  }

  /** One of the {@link #records}, in {@link #schema}. */
  Row record(int number) {
    return number < users.size()
        ? RowFactory.create(users.text(number), rowsOf(number), null)
        : rejected.get(number - users.size());
  }

  private byte[] rowsOf(int user) {
    byte[] packed = new byte[sizes[user]];
    int to = packed.length;
    for (int at = last[user]; at != NONE; at = rows.getInt(at)) {
      int length = rows.getInt(at + Integer.BYTES);
      to -= length;
      System.arraycopy(rows.bytes(), at + HEAD, packed, to, length);
    }
    return packed;
  }

  void clear() {
    users.clear();
    rows.clear();
    rejected.clear();
    rejectedBytes = 0;
  }
}
