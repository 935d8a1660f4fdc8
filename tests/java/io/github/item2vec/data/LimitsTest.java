package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is beyond a stated limit is a bad row and takes no memory, packed or not. */
class LimitsTest extends SparkTest {
  private static final String GOOD = "1\ta\t5\t1\n";

  @TempDir Path directory;

  /** Hadoop's reader is the twin: the same lines at the same places, for any splits. */
  @Test
  void linesWithinTheLimitAreHadoops() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
      for (int lines = random.nextInt(20); lines > 0; lines--) {
        text.append("xé\r ".substring(0, random.nextInt(5)).repeat(random.nextInt(4)));
        text.append(List.of("\n", "\r\n", "\r", "").get(random.nextInt(4)));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Path file = Files.write(directory.resolve("random.txt"), bytes);
      int size = 1 + random.nextInt(bytes.length + 1);
      List<String> ours = new ArrayList<>();
      List<String> hadoops = new ArrayList<>();
      for (int from = 0; from < bytes.length; from += size) {
        int length = Math.min(size, bytes.length - from);
        ours.addAll(read(new LimitedLines(), file, from, length));
        hadoops.addAll(read(new LineRecordReader(), file, from, length));
      }
      assertThat(ours).as("seed %d, text %d, splits of %d", seed, i, size).isEqualTo(hadoops);
    }
  }

  /** A line over many splits is one bad row, and no piece of it is a row of its own. */
  @Test
  void noSplitBeginsInsideALongLine() throws Exception {
    String piece = "\t1\ta\t5\t1".repeat(LimitedLines.LONGEST / 8);
    Path file =
        Files.writeString(directory.resolve("long.tsv"), GOOD + piece + piece + "\n" + GOOD);
    int size = LimitedLines.LONGEST / 2;
    List<String> all = new ArrayList<>();
    for (long from = 0; from < Files.size(file); from += size) {
      all.addAll(read(new LimitedLines(), file, from, Math.min(size, Files.size(file) - from)));
    }
    assertThat(all).hasSize(3);
    assertThat(all.get(0)).isEqualTo("0 " + GOOD.strip());
    assertThat(all.get(1)).hasSize(LimitedLines.LONGEST + 1 + "8 ".length());
    assertThat(all.get(2)).endsWith(" " + GOOD.strip());
  }

  /** 64 MB in one line, in an archive of 64 kB. */
  @Test
  void aBombTakesNoMoreMemoryThanALine() throws Exception {
    Path bomb = bomb(directory.resolve("bomb.tsv.gz"), GOOD.repeat(20));
    try (LimitedLines reader = new LimitedLines()) {
      open(reader, bomb, 0, Files.size(bomb));
      int lines = 0;
      while (reader.nextKeyValue()) {
        lines++;
        assertThat(reader.getCurrentValue().getBytes().length)
            .isLessThanOrEqualTo(4 * LimitedLines.LONGEST);
      }
      assertThat(lines).isEqualTo(22);
    }
    try (Ratings ratings = Ratings.read(spark, source(bomb, 1), rejected())) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("line-too-long", 1L));
      assertThat(ratings.rows()).isEqualTo(22);
    }
    assertThat(spark.read().json(rejected()).first().<String>getAs("line"))
        .startsWith("xxx")
        .hasSizeLessThan(1000);
    assertThatThrownBy(() -> Ratings.read(spark, source(bomb, 0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("line-too-long: a line has")
        .hasMessageContaining("bytes at most");
    Path first = bomb(directory.resolve("first.tsv.gz"), "");
    assertThatThrownBy(() -> Ratings.read(spark, source(first, 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the first line of")
        .hasMessageContaining("first.tsv.gz");
  }

  @Test
  void anIdBeyondTheLimitIsABadRow() throws Exception {
    String most = "é".repeat(RowCheck.LONGEST_ID / 2);
    String plain = "x".repeat(RowCheck.LONGEST_ID);
    String text =
        GOOD
            + row(most, "a")
            + row(most + "x", "b")
            + row(plain, "c")
            + row(plain + "x", "d")
            + row("1", plain + "x")
            + row("1", plain);
    Path file = Files.writeString(directory.resolve("u.tsv"), text);
    try (Ratings ratings = Ratings.read(spark, source(file, 1), rejected())) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("id-too-long", 3L));
      assertThat(ratings.kept()).isEqualTo(4);
    }
    String parquet = directory.resolve("ids").toString();
    spark
        .sql(
            "select * from values ('%s', 'a', 5D, 1L), ('%s', 'b', 5D, 1L) as t(user, item, rating, timestamp)"
                .formatted(most, most + "x"))
        .write()
        .parquet(parquet);
    try (Ratings ratings = Ratings.read(spark, source(Path.of(parquet), 1))) {
      assertThat(ratings.rejected()).isEqualTo(Map.of("id-too-long", 1L));
      assertThat(ratings.kept()).isEqualTo(1);
    }
  }

  private static String row(String user, String item) {
    return user + "\t" + item + "\t5\t1\n";
  }

  private String rejected() {
    return directory.resolve("rejected").toString();
  }

  private static RatingsSource source(Path path, double maxRejected) {
    return new RatingsSource(path.toString(), Format.AUTO, Order.FILE, 4, 1, 5, maxRejected);
  }

  private static Path bomb(Path file, String before) throws IOException {
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) 'x');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(before.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 64; i++) {
        out.write(piece);
      }
      out.write(("\n" + GOOD).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static List<String> read(
      RecordReader<LongWritable, Text> reader, Path file, long from, long length) throws Exception {
    List<String> lines = new ArrayList<>();
    try (reader) {
      open(reader, file, from, length);
      while (reader.nextKeyValue()) {
        lines.add(reader.getCurrentKey() + " " + reader.getCurrentValue());
      }
    }
    return lines;
  }

  private static void open(
      RecordReader<LongWritable, Text> reader, Path file, long from, long length) throws Exception {
    FileSplit split =
        new FileSplit(new org.apache.hadoop.fs.Path(file.toUri()), from, length, new String[0]);
    reader.initialize(split, new TaskAttemptContextImpl(new Configuration(), new TaskAttemptID()));
  }
}
