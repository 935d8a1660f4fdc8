package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import io.github.item2vec.fuzz.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/**
 * Damaged files of ratings end in a {@link BadInputException} or in rows, good and bad: what the
 * driver does to a file and what a task does to its splits, without Spark between them.
 */
final class RatingsFuzzTest {
  private static final List<String> GOOD =
      List.of(
          "1\t7\t5\t881250949\n1\t8\t4\t881250950\n2\t7\t3\t881250951\n2\t9\t5\t881250952\n",
          "1::7::5::978302110\n1::8::4::978302111\n2::7::1::978302112\n",
          "userId,movieId,rating,timestamp\n1,7,4.0,964982703\n1,8,5.0,964982704\n2,7,0.5,964982705\n",
          """
          "User-ID";"ISBN";"Book-Rating";"date"\r
          "1";"0345";"5";"2018-07-01"\r
          "2";"034X";"4";"2018-07-02"\r
          """,
          "user_id,item_id,rating,timestamp,text\nu,a,5,1,\"one\ntwo, \"\"three\"\"\"\nu,b,4,2,plain\n",
          "# made by us\nuser|item|rating|ts\nu|a|5|2018-07-01 22:09:00\nu|b|4|2018-07-01 22:10:00\n",
          "u a 5 1\nu b 4 2\nv  a 3 3\n",
          "timestamp,visitorid,event,itemid\n1433221332117,1,view,7\n1433221332118,1,view,8\n");

  private static final List<String> WORDS =
      List.of(
          "\n",
          "\r\n",
          "\r",
          "\n\n",
          ",",
          ";",
          "\t",
          "::",
          "|",
          " ",
          "\"",
          "\"\"",
          "\\\"",
          "\",\"",
          "#",
          "%",
          "sep=",
          "sep=;\n",
          "nan",
          "NULL",
          "-1",
          "0",
          "99",
          "1e9",
          "1e999",
          "5.",
          ".5",
          "0x1p3",
          "1d",
          "881250949",
          "881250949000",
          "881250949000000",
          "9".repeat(400),
          "2018-07-01",
          "2018-02-30",
          "2018-07-01T10:00:00+99:00",
          "rating",
          "user_id",
          "itemId",
          "timestamp",
          "\u0000",
          "\ufeff",
          "\u001b[31m",
          "\u00e9",
          "\ud83d\ude00",
          "{\"",
          "PAR1",
          "x".repeat(1 << 16),
          "\n".repeat(1100),
          "\"" + "y\n".repeat(200),
          ",".repeat(3000));

  private static final int SPLIT = 90;

  @TempDir Path directory;

  @Test
  @Timeout(7200)
  void everyDamagedFileIsReadOrRefused() throws Exception {
    Path file = directory.resolve("ratings.csv");
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    List<byte[]> good = GOOD.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    new Mutations(good, WORDS)
        .run(
            "ratings",
            2_000,
            bytes -> {
              Files.write(file, bytes);
              read(hadoop, file);
            },
            BadInputException.class);
  }

  /** Reads a file as {@link TextRows} does. */
  private static void read(Configuration hadoop, Path file) throws IOException {
    RatingsSource source =
        new RatingsSource(file.toUri().toString(), Format.AUTO, Order.TIMESTAMP, 4, 0, 5, 1);
    InputFiles files = InputFiles.list(hadoop, source.path(), StandardCharsets.UTF_8);
    if (files.parquet()) {
      return; // begins with PAR1: Spark's to refuse
    }
    TextTables tables = new TextTables(source, files);
    assertThat(tables.reading().toString()).contains("user = ");
    InputFile input = tables.files().get(0);
    HashMap<String, InputFile> byPath = new HashMap<>();
    byPath.put(input.path(), input);
    ParseLinesFn parse = new ParseLinesFn(byPath, RowCheck.of(source, tables.times()), source);
    long whole = rows(hadoop, parse, input, Math.max(SPLIT, input.length()));
    if (input.length() < 4 * SPLIT) {
      long pieces = rows(hadoop, parse, input, SPLIT);
      if (whole >= 0 && pieces >= 0 && whole != pieces) {
        throw new AssertionError("%d rows, and %d in pieces".formatted(whole, pieces));
      }
    }
  }

  /** Rows, good and bad ones; -1 when a split ends in quotes, by which the input is read again. */
  private static long rows(
      Configuration hadoop, ParseLinesFn parse, InputFile input, long splitSize)
      throws IOException {
    long rows = 0;
    for (long from = 0; from < input.length(); from += splitSize) {
      long length = Math.min(splitSize, input.length() - from);
      FileSplit split =
          new FileSplit(new org.apache.hadoop.fs.Path(input.path()), from, length, new String[0]);
      try (Lines lines = new Lines(hadoop, split)) {
        Iterator<Row> records = parse.call(split, lines);
        while (records.hasNext()) {
          Row record = records.next();
          if (record.isNullAt(2)) {
            PackedRow.Reader packed = new PackedRow.Reader(Order.TIMESTAMP).over(record.getAs(1));
            while (packed.next()) {
              rows++;
            }
          } else if (record.getStruct(2).getString(0).equals(RecordParser.SPLIT_IN_QUOTES)) {
            return -1;
          } else {
            rows++;
          }
        }
      }
    }
    return rows;
  }

  /** The lines of a split, as Spark hands them to a task. */
  private static final class Lines implements Iterator<Tuple2<LongWritable, Text>>, AutoCloseable {
    private final RecordReader<LongWritable, Text> reader;
    private boolean looked;
    private boolean more;

    Lines(Configuration hadoop, FileSplit split) throws IOException {
      TaskAttemptContextImpl context = new TaskAttemptContextImpl(hadoop, new TaskAttemptID());
      reader = new RatingsInputFormat().createRecordReader(split, context);
      try {
        reader.initialize(split, context);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean hasNext() {
      if (!looked) {
        try {
          more = reader.nextKeyValue();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        looked = true;
      }
      return more;
    }

    @Override
    public Tuple2<LongWritable, Text> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      looked = false;
      try {
        return new Tuple2<>(reader.getCurrentKey(), reader.getCurrentValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
