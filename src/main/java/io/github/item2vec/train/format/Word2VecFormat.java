package io.github.item2vec.train.format;

import io.github.item2vec.files.WholeFile;
import io.github.item2vec.train.Item2VecModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model as files of the original word2vec program, text or binary, as gensim 4.4.0's {@code
 * save_word2vec_format} writes and {@code load_word2vec_format} reads them. Driver only; no Spark
 * job.
 *
 * <pre>{@code
 * Word2VecFormat.binary("hdfs:///out/input.bin").output("hdfs:///out/output.bin").write(model);
 * Item2VecModel model = Word2VecFormat.text("vectors.txt").counts("counts.txt").read();
 * }</pre>
 *
 * <p>The format knows one matrix: the input vectors (gensim's {@code wv}) and the output vectors
 * (gensim's {@code syn1neg}) are a file each, a third holds the counts (gensim's {@code fvocab}).
 * The first line is {@code ITEMS DIMENSION}; a row follows for each item, in the model's order,
 * which is that of falling counts. Text has the shortest decimals that read back as the same
 * floats, binary little-endian floats of 4 bytes. Paths are Hadoop's and belong to the active Spark
 * session's file systems; names that end in {@code .gz} or {@code .bz2} are packed, as gensim does.
 *
 * <p>The format has no escapes: items that are empty or hold a space or a line feed cannot be
 * written, in binary files none that hold a control character; neither, when counts are written,
 * can items that hold any white space, at which gensim splits the lines of those. A text file whose
 * items hold spaces is read where that is certain.
 */
public final class Word2VecFormat {
  private static final Logger LOG = LoggerFactory.getLogger(Word2VecFormat.class);

  private final RowCodec codec;
  private final String inputPath;
  private final String outputPath;
  private final String countsPath;

  private Word2VecFormat(RowCodec codec, String inputPath, String outputPath, String countsPath) {
    this.codec = codec;
    this.inputPath = inputPath;
    this.outputPath = outputPath;
    this.countsPath = countsPath;
  }

  /** Text files; the path is that of the input vectors. */
  public static Word2VecFormat text(String inputPath) {
    return new Word2VecFormat(new TextCodec(), inputPath, null, null);
  }

  /** Binary files; the path is that of the input vectors. */
  public static Word2VecFormat binary(String inputPath) {
    return new Word2VecFormat(new BinaryCodec(), inputPath, null, null);
  }

  /** The same and a file of the output vectors, in the same form. */
  public Word2VecFormat output(String path) {
    return new Word2VecFormat(codec, inputPath, path, countsPath);
  }

  /** The same and a text file of the counts, {@code ITEM COUNT} a line. */
  public Word2VecFormat counts(String path) {
    return new Word2VecFormat(codec, inputPath, outputPath, path);
  }

  /**
   * Writes the files that were named, the input vectors last. What a model knows of the order of
   * contexts is left out, and the log says so: {@link Item2VecModel#profileRule}. Each is written
   * under another name and renamed, so that a failure leaves an earlier file as it was. Needs a
   * copy of one matrix and a row's text beyond the model's memory.
   *
   * @throws IllegalArgumentException when the format cannot hold an item; nothing is written then
   * @throws IOException when the file system refuses
   */
  public void write(Item2VecModel model) throws IOException {
    if (!model.rule().isMean()) {
      LOG.warn(
          "word2vec files hold vectors alone: weights by lag, transitions and neighbours of {} are"
              + " left out",
          model.uid());
    }
    String[] items = model.items();
    for (String item : items) {
      requireWritable(item);
    }
    if (countsPath != null) {
      long[] counts = model.counts();
      WholeFile.writePacked(hadoop(), new Path(countsPath), out -> writeCounts(out, items, counts));
    }
    if (outputPath != null) {
      writeVectors(outputPath, items, model.outputVectors());
    }
    writeVectors(inputPath, items, model.inputVectors());
  }

  /**
   * Reads the files that were named. The items keep the order of the input vectors' file; the other
   * files may have another. Without counts they are made up as gensim does: the number of items for
   * the first, one less for each that follows. Without output vectors those are zero, as before a
   * training: {@code predictOutput} then gives each item the same probability.
   *
   * <p>Of an item that comes twice the first row counts, as in gensim, and the log says so. A byte
   * order mark is passed over.
   *
   * @throws IllegalArgumentException naming file and row when a header is none, rows are too few,
   *     too many, cut short, of another dimension or not UTF-8, a value is not finite, binary
   *     values are big-endian, an item is empty or, in a binary file, holds control characters, the
   *     files' items or dimensions differ, a count is missing or negative, or the matrix does not
   *     fit an array
   * @throws IOException when a file cannot be read
   */
  public Item2VecModel read() throws IOException {
    return new Word2VecReader(hadoop(), codec).model(inputPath, outputPath, countsPath);
  }

  private void writeVectors(String path, String[] items, float[] vectors) throws IOException {
    int columns = vectors.length / items.length;
    WholeFile.writePacked(
        hadoop(),
        new Path(path),
        out -> {
          out.write("%d %d\n".formatted(items.length, columns).getBytes(StandardCharsets.UTF_8));
          for (int i = 0; i < items.length; i++) {
            int from = i * columns;
            codec.write(out, items[i], Arrays.copyOfRange(vectors, from, from + columns));
          }
        });
  }

  private static void writeCounts(OutputStream out, String[] items, long[] counts)
      throws IOException {
    for (int i = 0; i < items.length; i++) {
      out.write("%s %d\n".formatted(items[i], counts[i]).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void requireWritable(String item) {
    boolean separator = item.indexOf(' ') >= 0 || item.indexOf('\n') >= 0;
    boolean control = codec.binary() && item.chars().anyMatch(Character::isISOControl);
    boolean countsSeparator =
        countsPath != null && item.chars().anyMatch(Word2VecFormat::isPythonSpace);
    if (item.isEmpty() || separator || control || countsSeparator) {
      String why =
          item.isEmpty()
              ? "it is empty"
              : separator || countsSeparator
                  ? "it holds white space"
                  : "it holds a control character";
      throw new IllegalArgumentException(
          "item '%s' cannot be written in word2vec's format: %s".formatted(item, why));
    }
  }

  /** What {@code str.split()} of Python splits at. */
  private static boolean isPythonSpace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || character == 0x85;
  }

  private static Configuration hadoop() {
    return SparkSession.active().sparkContext().hadoopConfiguration();
  }
}
