package io.github.item2vec.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/**
 * A look into a file: what it is, and its first lines when it is text; driver only.
 *
 * @param parquet whether it is a Parquet file; then there are no lines
 * @param compressed whether a codec unpacks it
 * @param lines the first that are not blank, at most {@value #LINES}
 * @param offsets of these lines
 */
record FileSample(
    FileStatus file, boolean parquet, boolean compressed, List<String> lines, List<Long> offsets) {
  private static final int LINES = 12;

  /** Lines that are looked at for some that are not blank. */
  private static final int MOST_LINES = 1000;

  private static final int HEAD = 512;
  private static final int SHOWN_BYTES = 60;

  /** First bytes, and what files that begin with them are. */
  private static final Map<String, String> FOREIGN = new LinkedHashMap<>();

  static {
    FOREIGN.put("28b52ffd", "packed with Zstandard: unpack it, or pack it with gzip");
    FOREIGN.put("fd377a585a", "packed with xz: unpack it, or pack it with gzip");
    FOREIGN.put("504b0304", "a zip archive: unpack it, or pack the file of ratings with gzip");
    FOREIGN.put("377abcaf", "a 7z archive: unpack it, or pack the file of ratings with gzip");
    FOREIGN.put("1f8b", "packed with gzip, but its name does not end in .gz: rename it");
    FOREIGN.put("425a68", "packed with bzip2, but its name does not end in .bz2: rename it");
    FOREIGN.put("04224d18", "an LZ4 frame: unpack it, or pack it with gzip");
    FOREIGN.put("4f5243", "ORC: write it as Parquet or csv");
    FOREIGN.put("4f626a01", "Avro: write it as Parquet or csv");
    FOREIGN.put("53514c69746520", "an SQLite database: write the table as Parquet or csv");
    FOREIGN.put("89484446", "HDF5: write it as Parquet or csv");
    FOREIGN.put("93004e55", "a NumPy array: write it as Parquet or csv");
    FOREIGN.put("fffe", "UTF-16 text: write it as UTF-8 (iconv -f UTF-16 -t UTF-8)");
    FOREIGN.put("feff", "UTF-16 text: write it as UTF-8 (iconv -f UTF-16 -t UTF-8)");
  }

  /** Looks into a file; one that cannot be read here is bad input. */
  static FileSample of(Configuration hadoop, FileStatus file, Charset encoding) {
    Path path = file.getPath();
    try {
      boolean compressed = new CompressionCodecFactory(hadoop).getCodec(path) != null;
      byte[] head = head(hadoop, path);
      boolean parquet = new String(head, StandardCharsets.ISO_8859_1).startsWith("PAR1");
      FileSample sample =
          new FileSample(file, parquet, compressed, new ArrayList<>(), new ArrayList<>());
      if (!parquet) {
        if (!compressed || HexFormat.of().formatHex(head).startsWith("04224d18")) {
          requireText(path, head);
        }
        if (path.getName().endsWith(".parquet")) {
          throw new BadInputException(
              path + " is no Parquet file, as its name says: it does not begin with PAR1");
        }
        sample.readLines(hadoop, encoding);
      }
      return sample;
    } catch (IOException e) {
      throw new BadInputException("input cannot be read: " + path + ": " + e.getMessage(), e);
    }
  }

  private static byte[] head(Configuration hadoop, Path path) throws IOException {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readNBytes(HEAD);
    }
  }

  private static void requireText(Path path, byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    FOREIGN.forEach(
        (first, what) -> {
          if (hex.startsWith(first)) {
            throw new BadInputException("input cannot be read: " + path + " is " + what);
          }
        });
    for (byte next : head) {
      if (next == 0) {
        throw new BadInputException(
            "input cannot be read: "
                + path
                + " is no text (it has bytes of value 0): write it as UTF-8, or as Parquet");
      }
    }
  }

  private void readLines(Configuration hadoop, Charset encoding) throws IOException {
    FileSplit whole = new FileSplit(file.getPath(), 0, file.getLen(), new String[0]);
    TaskAttemptContextImpl context = new TaskAttemptContextImpl(hadoop, new TaskAttemptID());
    try (RecordReader<LongWritable, Text> reader =
        new RatingsInputFormat().createRecordReader(whole, context)) {
      reader.initialize(whole, context);
      for (int read = 0; read < MOST_LINES && lines.size() < LINES; read++) {
        if (!reader.nextKeyValue()) {
          break;
        }
        Text text = reader.getCurrentValue();
        if (LimitedLines.isTooLong(text)) {
          requireAnother(text);
          continue; // a bad row
        }
        String line = new String(text.getBytes(), 0, text.getLength(), encoding);
        if (!line.isBlank() && !line.equals("\uFEFF")) {
          lines.add(line);
          offsets.add(reader.getCurrentKey().get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + file.getPath(), e);
    } catch (RuntimeException e) {
      // codecs without their native library
      throw new BadInputException(
          "input cannot be read: %s: %s; unpack it, or pack it with gzip"
              .formatted(file.getPath(), e.getMessage()),
          e);
    }
    if (!lines.isEmpty() && isJson(lines.get(0))) {
      throw new BadInputException(
          "input cannot be read: "
              + file.getPath()
              + " is JSON: write user, item, rating and time of its objects as csv or Parquet");
    }
  }

  /** The first line says what the columns are. */
  private void requireAnother(Text tooLong) {
    if (lines.isEmpty()) {
      throw new BadInputException(
          "input cannot be read: the first line of %s has more than %,d bytes, the most that a line may have; it begins with '%s'"
              .formatted(
                  file.getPath(),
                  LimitedLines.LONGEST,
                  new String(tooLong.getBytes(), 0, SHOWN_BYTES, StandardCharsets.UTF_8)));
    }
  }

  private static boolean isJson(String line) {
    String text = line.strip();
    return text.startsWith("{\"") || text.equals("{") || text.startsWith("[{") || text.equals("[");
  }

  /** Whether it is text without anything in it. */
  boolean isEmpty() {
    return !parquet && lines.isEmpty();
  }
}
