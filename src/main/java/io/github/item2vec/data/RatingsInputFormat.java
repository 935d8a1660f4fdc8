package io.github.item2vec.data;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;

/**
 * Lines keyed by their byte offset; runs on the driver (splits) and in tasks (lines). Compressed
 * files are never split, not even bzip2: the offsets of their splits would overlap and be no order.
 * Public because Spark makes it by reflection.
 */
public final class RatingsInputFormat extends TextInputFormat {
  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    return new CompressionCodecFactory(context.getConfiguration()).getCodec(file) == null;
  }
}
