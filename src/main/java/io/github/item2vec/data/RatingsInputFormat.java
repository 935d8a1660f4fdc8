package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;

/**
 * Lines keyed by their byte offset; runs on the driver (splits) and in tasks (lines). The files are
 * those that {@link FileListing} found. Compressed files are never split, not even bzip2: the
 * offsets of their splits would overlap and be no order. Public because Spark makes it by
 * reflection.
 */
public final class RatingsInputFormat extends TextInputFormat {
  private static final String FILES = "item2vec.input.files";
  private static final String WHOLE = "item2vec.input.whole-files";
  private static final char BETWEEN = '\n';
  private static final char INSIDE = '\t';

  /**
   * Hadoop's settings with these files as input.
   *
   * @param whole whether files are not to be split
   */
  static Configuration configured(Configuration hadoop, List<FileStatus> files, boolean whole) {
    StringBuilder list = new StringBuilder();
    for (FileStatus file : files) {
      list.append(file.getLen()).append(INSIDE).append(file.getBlockSize()).append(INSIDE);
      list.append(file.getModificationTime()).append(INSIDE);
      list.append(file.getPath()).append(BETWEEN);
    }
    Configuration configuration = new Configuration(hadoop);
    configuration.set(FILES, list.toString());
    configuration.setBoolean(WHOLE, whole);
    return configuration;
  }

  @Override
  protected List<FileStatus> listStatus(JobContext context) {
    List<FileStatus> files = new ArrayList<>();
    String list = context.getConfiguration().getRaw(FILES); // names may hold ${}
    for (int from = 0; from < list.length(); ) {
      int to = list.indexOf(BETWEEN, from);
      String[] parts = list.substring(from, to).split(String.valueOf(INSIDE), 4);
      files.add(
          new FileStatus(
              Long.parseLong(parts[0]),
              false,
              1,
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2]),
              new Path(parts[3])));
      from = to + 1;
    }
    return files;
  }

  @Override
  public RecordReader<LongWritable, Text> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new LimitedLines();
  }

  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    Configuration configuration = context.getConfiguration();
    return !configuration.getBoolean(WHOLE, false)
        && new CompressionCodecFactory(configuration).getCodec(file) == null;
  }
}
