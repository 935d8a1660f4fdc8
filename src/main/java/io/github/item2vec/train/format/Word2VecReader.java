package io.github.item2vec.train.format;

import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.Vocabulary;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.Identifiable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model from word2vec's files, which are checked as they are read. Driver only. */
final class Word2VecReader {
  private static final Logger LOG = LoggerFactory.getLogger(Word2VecReader.class);

  private final Configuration hadoop;
  private final RowCodec codec;

  Word2VecReader(Configuration hadoop, RowCodec codec) {
    this.hadoop = hadoop;
    this.codec = codec;
  }

  /** The output and counts paths may be null. */
  Item2VecModel model(String inputPath, String outputPath, String countsPath) throws IOException {
    VectorRows input = rows(inputPath, null);
    String[] items = input.items();
    Vocabulary vocabulary = new Vocabulary(items, counts(items, input.header(), countsPath));
    ItemMatrix output =
        outputPath == null
            ? ItemMatrix.zeros(items.length, input.header().columns())
            : rows(outputPath, input).matrix();
    return new Item2VecModel(
        Identifiable.randomUID("item2vec"), vocabulary, input.matrix(), output);
  }

  private VectorRows rows(String path, VectorRows model) throws IOException {
    try (RowInput in = RowInput.open(hadoop, path)) {
      VectorRows rows = VectorRows.read(in, codec, model);
      if (rows.repeats() > 0) {
        LOG.warn(
            "{}: {} rows of items that had come before are left out, such as that of '{}'",
            path,
            rows.repeats(),
            rows.firstRepeat());
      }
      return rows;
    }
  }

  private long[] counts(String[] items, Header header, String path) throws IOException {
    long[] counts = new long[items.length];
    Map<String, Long> known = path == null ? null : knownCounts(path);
    for (int i = 0; i < items.length; i++) {
      Long count = known == null ? Long.valueOf(header.items() - i) : known.get(items[i]);
      if (count == null) {
        throw new IllegalArgumentException("%s: no count of item '%s'".formatted(path, items[i]));
      }
      counts[i] = count;
    }
    return counts;
  }

  private Map<String, Long> knownCounts(String path) throws IOException {
    try (RowInput in = RowInput.open(hadoop, path)) {
      return counts(in);
    }
  }

  static Map<String, Long> counts(RowInput in) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    in.nextRow();
    for (String line; (line = in.until('\n', 2 * RowInput.LONGEST_ITEM)) != null; in.nextRow()) {
      int space = line.stripTrailing().lastIndexOf(' ');
      String item = space < 0 ? "" : line.substring(0, space);
      long count = count(in, line.substring(space + 1).strip());
      if (item.isEmpty()) {
        throw in.bad("'%s', must be ITEM COUNT".formatted(RowInput.excerpt(line)));
      }
      if (counts.putIfAbsent(item, count) != null) {
        throw in.bad("item '%s' is in an earlier row already".formatted(RowInput.excerpt(item)));
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
}
