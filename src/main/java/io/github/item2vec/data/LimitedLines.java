package io.github.item2vec.data;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.SplitLineReader;
import org.apache.hadoop.mapreduce.lib.input.UncompressedSplitLineReader;

/**
 * Lines keyed by their byte offset, as Hadoop's own reader has them, but none takes more memory
 * than {@value #LONGEST} bytes, whatever an archive unpacks to: of a longer one the first {@value
 * #LONGEST} and one are kept, so that it is known as such, and the rest is passed over. Hadoop's
 * reader drops such lines without a word. Runs on the driver (a file's first lines) and in tasks.
 */
final class LimitedLines extends RecordReader<LongWritable, Text> {
  /** Bytes of a line that can be a row. */
  static final int LONGEST = 1 << 20;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final LongWritable offset = new LongWritable();
  private final Text line = new Text();
  private SplitLineReader lines;
  private Decompressor decompressor;
  private boolean compressed;
  private long start;
  private long end;
  private long position;

  /** Whether there is more of the line than is kept. */
  static boolean isTooLong(Text line) {
    return line.getLength() > LONGEST;
  }

  @Override
  public void initialize(InputSplit split, TaskAttemptContext context) throws IOException {
    FileSplit part = (FileSplit) split;
    Configuration hadoop = context.getConfiguration();
    Path path = part.getPath();
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    compressed = codec != null;
    start = part.getStart();
    end = start + part.getLength();
    FSDataInputStream stored = path.getFileSystem(hadoop).open(path);
    if (compressed) {
      decompressor = CodecPool.getDecompressor(codec);
      lines = new SplitLineReader(codec.createInputStream(stored, decompressor), hadoop, null);
    } else {
      stored.seek(start);
      lines = new UncompressedSplitLineReader(stored, hadoop, null, part.getLength());
    }
    // the line that a split begins in is the split's before it, which reads to its end
    position = start == 0 ? 0 : start + lines.readLine(line, 0, Integer.MAX_VALUE);
  }

  @Override
  public boolean nextKeyValue() throws IOException {
    offset.set(position);
    if (!compressed && position > end && !lines.needAdditionalRecordAfterSplit()) {
      return false;
    }
    int size = lines.readLine(line, LONGEST + 1, Integer.MAX_VALUE);
    boolean marked =
        position == 0
            && line.getLength() >= MARK.length
            && Arrays.equals(line.getBytes(), 0, MARK.length, MARK, 0, MARK.length);
    position += size;
    if (marked) {
      line.set(line.copyBytes(), MARK.length, line.getLength() - MARK.length);
    }
    return size > (marked ? MARK.length : 0);
  }

  @Override
  public LongWritable getCurrentKey() {
    return offset;
  }

  @Override
  public Text getCurrentValue() {
    return line;
  }

  /** Of an archive nothing is known before its end. */
  @Override
  public float getProgress() {
    return compressed || end == start ? 0 : Math.min(1, (position - start) / (float) (end - start));
  }

  @Override
  public void close() throws IOException {
    try {
      if (lines != null) {
        lines.close();
      }
    } finally {
      CodecPool.returnDecompressor(decompressor);
      decompressor = null;
    }
  }
}
