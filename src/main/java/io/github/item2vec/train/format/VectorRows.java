package io.github.item2vec.train.format;

import io.github.item2vec.train.model.ItemMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items and vectors of one file as they are read. Of an item that comes again only the first
 * row counts, as in gensim. Takes memory by the rows that are there, not by those that the header
 * claims.
 */
final class VectorRows {
  private static final int FIRST_VALUES = 1 << 16;

  private final Header header;
  private final VectorRows model;
  private final List<String> items = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final BitSet seen = new BitSet();
  private float[] values;
  private String firstRepeat;

  private VectorRows(Header header, boolean canHold, VectorRows model) {
    this.header = header;
    this.model = model;
    long all = (long) (model == null ? header.items() : model.items.size()) * header.columns();
    boolean exact = canHold || model != null;
    this.values = new float[(int) (exact ? all : Math.min(all, FIRST_VALUES))];
  }

  /**
   * Reads a file to its end.
   *
   * @param model the rows of the file whose items these must be, and in whose order they are taken;
   *     null for any
   * @throws IllegalArgumentException naming file and row
   */
  static VectorRows read(RowInput in, RowCodec codec, VectorRows model) throws IOException {
    Header header = Header.read(in);
    if (model != null && !header.equals(model.header)) {
      throw in.bad("%s, where the input vectors are %s".formatted(header, model.header));
    }
    if ((long) header.items() * header.columns() > Integer.MAX_VALUE - 8) {
      throw in.bad(
          "%s: more than %d values do not fit the driver".formatted(header, Integer.MAX_VALUE - 8));
    }
    VectorRows rows = new VectorRows(header, canHold(in, codec, header), model);
    ByteOrderGuess order = new ByteOrderGuess();
    float[] vector = new float[header.columns()];
    for (int i = 0; i < header.items(); i++) {
      String item = row(in, codec, vector, order);
      rows.add(item, vector, in);
    }
    in.nextRow();
    if (!in.atEnd()) {
      throw in.bad("more rows than the %d of the header".formatted(header.items()));
    }
    order.require(in);
    rows.requireAll(in);
    return rows;
  }

  /** Whether the file is long enough for the rows of the header; of a packed one nobody knows. */
  private static boolean canHold(RowInput in, RowCodec codec, Header header) {
    return in.length() < Long.MAX_VALUE
        && header.items() * (double) codec.shortestRow(header.columns()) <= in.length();
  }

  private static String row(RowInput in, RowCodec codec, float[] vector, ByteOrderGuess order)
      throws IOException {
    in.nextRow();
    String item = codec.read(in, vector);
    if (codec.binary()) {
      order.add(vector);
    }
    if (item.isEmpty()) {
      throw in.bad("no item");
    }
    for (int d = 0; d < vector.length; d++) {
      if (!Float.isFinite(vector[d])) {
        order.require(in);
        throw in.bad("value %d of '%s' is %s".formatted(d + 1, RowInput.excerpt(item), vector[d]));
      }
    }
    return item;
  }

  private void add(String item, float[] vector, RowInput in) {
    int place = model == null ? items.size() : model.places.getOrDefault(item, -1);
    if (place < 0) {
      throw in.bad("item '%s' has no input vector".formatted(RowInput.excerpt(item)));
    }
    if (model == null ? places.putIfAbsent(item, place) != null : seen.get(place)) {
      firstRepeat = firstRepeat == null ? item : firstRepeat;
      return;
    }
    grow((place + 1L) * vector.length);
    System.arraycopy(vector, 0, values, place * vector.length, vector.length);
    seen.set(place);
    items.add(item);
  }

  private void grow(long needed) {
    if (needed > values.length) {
      long all = (long) header.items() * header.columns();
      values = Arrays.copyOf(values, (int) Math.min(all, Math.max(needed, 2L * values.length)));
    }
  }

  private void requireAll(RowInput in) {
    if (model != null && items.size() < model.items.size()) {
      String missing = model.items.get(seen.nextClearBit(0));
      throw in.bad("no output vector of item '%s'".formatted(RowInput.excerpt(missing)));
    }
  }

  Header header() {
    return header;
  }

  String[] items() {
    return items.toArray(String[]::new);
  }

  /** Rows that were left out because their items had come before. */
  int repeats() {
    return header.items() - items.size();
  }

  /** The item of the first of them; null when there is none. */
  String firstRepeat() {
    return firstRepeat;
  }

  ItemMatrix matrix() {
    int length = items.size() * header.columns();
    return ItemMatrix.of(
        header.columns(), length == values.length ? values : Arrays.copyOf(values, length));
  }
}
