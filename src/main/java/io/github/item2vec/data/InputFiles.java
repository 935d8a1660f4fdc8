package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/** The files behind an input path: listed once, peeked into; driver only, no Spark job. */
final class InputFiles {
  private static final int SAMPLED_LINES = 10;

  private final String path;
  private final Configuration configuration;
  private final TreeMap<String, InputFile> files = new TreeMap<>();
  private final FileSplit first;

  private InputFiles(String path, Configuration configuration, List<InputSplit> splits) {
    this.path = path;
    this.configuration = configuration;
    TreeMap<String, Long> lengths = new TreeMap<>();
    FileSplit start = null;
    for (InputSplit split : splits) {
      FileSplit part = (FileSplit) split;
      lengths.merge(
          part.getPath().toString(), part.getStart() + part.getLength(), (a, b) -> Math.max(a, b));
      if (part.getStart() == 0
          && part.getLength() > 0
          && (start == null
              || part.getPath().toString().compareTo(start.getPath().toString()) < 0)) {
        start = part;
      }
    }
    CompressionCodecFactory codecs = new CompressionCodecFactory(configuration);
    for (Map.Entry<String, Long> file : lengths.entrySet()) {
      boolean compressed = codecs.getCodec(new Path(file.getKey())) != null;
      files.put(
          file.getKey(), new InputFile(file.getKey(), files.size(), file.getValue(), compressed));
    }
    this.first = start;
  }

  /** Lists the files of {@code path}; a missing path, or one without data, is bad input. */
  static InputFiles list(Configuration hadoop, String path) {
    try {
      Job job = Job.getInstance(hadoop);
      FileInputFormat.setInputPaths(job, new Path(path));
      FileInputFormat.setInputDirRecursive(job, true);
      InputFiles found =
          new InputFiles(path, job.getConfiguration(), new RatingsInputFormat().getSplits(job));
      if (found.first == null) {
        throw new BadInputException("input is empty: no file with any data in " + path);
      }
      return found;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException("input cannot be listed: " + path + ": " + e.getMessage(), e);
    }
  }

  /** Hadoop's settings with the input path in them. */
  Configuration configuration() {
    return configuration;
  }

  @SuppressWarnings("NonApiType") // travels to tasks: the declared type must be serializable
  HashMap<String, InputFile> byPath() {
    return new HashMap<>(files);
  }

  /** The first few lines of the first file that has any. */
  List<String> sample() {
    List<String> lines = new ArrayList<>();
    try (RecordReader<LongWritable, Text> reader =
        new RatingsInputFormat()
            .createRecordReader(
                first, new TaskAttemptContextImpl(configuration, new TaskAttemptID()))) {
      reader.initialize(first, new TaskAttemptContextImpl(configuration, new TaskAttemptID()));
      while (lines.size() < SAMPLED_LINES && reader.nextKeyValue()) {
        lines.add(reader.getCurrentValue().toString());
      }
    } catch (IOException e) {
      throw new BadInputException(
          "input cannot be read: " + first.getPath() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + first.getPath(), e);
    }
    return lines;
  }

  /** The format, by the first file's extension, else by its first line. */
  Format format() {
    String name = first.getPath().getName().toLowerCase(Locale.ROOT);
    String bare = name.replaceFirst("\\.(gz|bz2|zst|deflate|lz4|snappy)$", "");
    return switch (bare.substring(bare.lastIndexOf('.') + 1)) {
      case "tsv", "data", "tab" -> Format.TSV;
      case "csv" -> Format.CSV;
      case "dat" -> Format.DAT;
      case "parquet" -> Format.PARQUET;
      default -> formatOf(sample());
    };
  }

  private Format formatOf(List<String> sample) {
    for (String line : sample) {
      if (line.startsWith("PAR1")) {
        return Format.PARQUET;
      } else if (line.contains("::")) {
        return Format.DAT;
      } else if (line.contains("\t")) {
        return Format.TSV;
      } else if (line.contains(",")) {
        return Format.CSV;
      }
    }
    throw new BadInputException(
        "input format not recognised (no '::', tab or comma in the first lines of "
            + first.getPath()
            + "); set input.format for "
            + path);
  }
}
