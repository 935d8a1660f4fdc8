package io.github.item2vec.train.format;

import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.Vocabulary;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.Identifiable;

/** A model from word2vec's files, which are checked as they are read. Driver only. */
final class Word2VecReader {
  private static final int LONGEST_HEADER = 100;

  private final Configuration hadoop;
  private final RowCodec codec;

  Word2VecReader(Configuration hadoop, RowCodec codec) {
    this.hadoop = hadoop;
    this.codec = codec;
  }

  /** The output and counts paths may be null. */
  Item2VecModel model(String inputPath, String outputPath, String countsPath) throws IOException {
    try (RowInput in = RowInput.open(hadoop, inputPath)) {
      Header header = header(in);
      String[] items = new String[header.items()];
      ItemMatrix input = ItemMatrix.zeros(header.items(), header.columns());
      Map<String, Long> rows = new HashMap<>();
      float[] vector = new float[header.columns()];
      for (int i = 0; i < items.length; i++) {
        items[i] = row(in, vector);
        Long earlier = rows.putIfAbsent(items[i], in.row());
        if (earlier != null) {
          throw in.bad("item '%s' is in row %d already".formatted(items[i], earlier));
        }
        input.set(i, vector);
      }
      requireEnd(in, header);
      Vocabulary vocabulary = new Vocabulary(items, counts(items, countsPath));
      ItemMatrix output =
          outputPath == null
              ? ItemMatrix.zeros(header.items(), header.columns())
              : output(outputPath, header, vocabulary);
      return new Item2VecModel(Identifiable.randomUID("item2vec"), vocabulary, input, output);
    }
  }

  private ItemMatrix output(String path, Header expected, Vocabulary vocabulary)
      throws IOException {
    try (RowInput in = RowInput.open(hadoop, path)) {
      Header header = header(in);
      if (!header.equals(expected)) {
        throw in.bad("%s, where the input vectors are %s".formatted(header, expected));
      }
      ItemMatrix output = ItemMatrix.zeros(header.items(), header.columns());
      BitSet seen = new BitSet();
      float[] vector = new float[header.columns()];
      for (int i = 0; i < header.items(); i++) {
        String item = row(in, vector);
        int index = vocabulary.indexOf(item);
        if (index < 0) {
          throw in.bad("item '%s' has no input vector".formatted(item));
        }
        if (seen.get(index)) {
          throw in.bad("item '%s' is in an earlier row already".formatted(item));
        }
        seen.set(index);
        output.set(index, vector);
      }
      requireEnd(in, header);
      return output;
    }
  }

  private String row(RowInput in, float[] vector) throws IOException {
    in.nextRow();
    String item = codec.read(in, vector);
    if (item.isEmpty()) {
      throw in.bad("no item");
    }
    for (int d = 0; d < vector.length; d++) {
      if (!Float.isFinite(vector[d])) {
        throw in.bad("value %d of '%s' is %s".formatted(d + 1, item, vector[d]));
      }
    }
    return item;
  }

  private static void requireEnd(RowInput in, Header header) throws IOException {
    in.nextRow();
    if (!in.atEnd()) {
      throw in.bad("more rows than the %d of the header".formatted(header.items()));
    }
  }

  private static Header header(RowInput in) throws IOException {
    String line = in.until('\n', LONGEST_HEADER);
    String[] numbers = line == null ? new String[0] : line.strip().split("\\s+", -1);
    try {
      if (numbers.length == 2) {
        Header header = new Header(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        if ((long) header.items() * header.columns() > in.length()) {
          throw in.bad("%s, which %d bytes cannot hold".formatted(header, in.length()));
        }
        if (header.items() > 0 && header.columns() > 0) {
          return header;
        }
      }
    } catch (NumberFormatException e) {
      // said below, with the line
    }
    throw in.bad("'%s', must be ITEMS DIMENSION, both > 0".formatted(line == null ? "" : line));
  }

  private long[] counts(String[] items, String path) throws IOException {
    long[] counts = new long[items.length];
    Map<String, Long> known = path == null ? null : knownCounts(path);
    for (int i = 0; i < items.length; i++) {
      Long count = known == null ? Long.valueOf(items.length - i) : known.get(items[i]);
      if (count == null) {
        throw new IllegalArgumentException("%s: no count of item '%s'".formatted(path, items[i]));
      }
      counts[i] = count;
    }
    return counts;
  }

  private Map<String, Long> knownCounts(String path) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    try (RowInput in = RowInput.open(hadoop, path)) {
      in.nextRow();
      for (String line; (line = in.until('\n', 2 * RowInput.LONGEST_ITEM)) != null; in.nextRow()) {
        int space = line.stripTrailing().lastIndexOf(' ');
        String item = space < 0 ? "" : line.substring(0, space);
        long count = count(in, line.substring(space + 1).strip());
        if (item.isEmpty()) {
          throw in.bad("'%s', must be ITEM COUNT".formatted(RowInput.excerpt(line)));
        }
        if (counts.putIfAbsent(item, count) != null) {
          throw in.bad("item '%s' is in an earlier row already".formatted(item));
        }
      }
    }
    return counts;
  }

  private static long count(RowInput in, String digits) {
    try {
      long count = Long.parseLong(digits);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw in.bad("count '%s', must be a whole number >= 0".formatted(RowInput.excerpt(digits)));
  }

  /** A file's first line. */
  private record Header(int items, int columns) {
    @Override
    public String toString() {
      return "%d items x %d".formatted(items, columns);
    }
  }
}
