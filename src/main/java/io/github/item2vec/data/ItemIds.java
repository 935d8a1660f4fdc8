package io.github.item2vec.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * Ids of items from files: Parquet, or UTF-8 text. A text has one id per line, or a header that
 * names the item's column; blank lines do not count. Ids are read as {@link Ratings} reads them, so
 * that the same item has the same id. All of them are in the driver's memory.
 */
public final class ItemIds {
  /** Separates nothing: a line is one field. */
  private static final String NONE = "\n";

  private final Set<String> ids = new LinkedHashSet<>();

  private ItemIds() {}

  /**
   * Reads all files.
   *
   * @param path any Hadoop URI: file, directory (with its subdirectories) or glob, compressed or
   *     not
   * @return distinct ids, in the order of text files; at least one
   * @throws BadInputException when the input is missing, unreadable or empty, when the item's
   *     column is not certain, or when a row has no id
   */
  public static Set<String> read(SparkSession spark, String path) {
    try {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      InputFiles files = InputFiles.list(hadoop, path, StandardCharsets.UTF_8);
      ItemIds found = new ItemIds();
      if (files.parquet()) {
        found.addParquet(ParquetFiles.table(spark, path, files), path);
      } else {
        for (FileSample sample : files.samples()) {
          found.addText(hadoop, sample);
        }
      }
      if (found.ids.isEmpty()) {
        throw new BadInputException("input is empty: no item id in " + path);
      }
      return Collections.unmodifiableSet(found.ids);
    } catch (Exception e) {
      // Spark's AnalysisException is not declared
      throw Unreadable.asBadInput(e, path);
    }
  }

  private void addParquet(Dataset<Row> table, String path) {
    List<String> names = List.of(table.schema().fieldNames());
    int column = names.size() == 1 ? 0 : only(names, path);
    StructField field = table.schema().fields()[column];
    ParquetIds found =
        ParquetIds.of(
            col("`" + field.name().replace("`", "``") + "`"),
            field.dataType(),
            "%s: the item column '%s'".formatted(path, field.name()));
    for (Row row :
        table
            .select(when(found.reason().isNull(), found.text()), found.reason())
            .distinct()
            .orderBy(lit(1), lit(2))
            .collectAsList()) {
      if (!row.isNullAt(1)) {
        throw new BadInputException(
            "%s: a row of '%s' is no item id: %s".formatted(path, field.name(), row.getString(1)));
      }
      add(row.getString(0), path);
    }
  }

  private void addText(Configuration hadoop, FileSample sample) throws IOException {
    String path = sample.file().getPath().toString();
    Table table = table(sample.lines(), path);
    LineSplitter splitter = new LineSplitter(table.separator, table.quoted(sample.lines()));
    FileSplit whole = new FileSplit(sample.file().getPath(), 0, sample.file().getLen(), null);
    TaskAttemptContextImpl context = new TaskAttemptContextImpl(hadoop, new TaskAttemptID());
    boolean header = table.header;
    long number = 0;
    try (LimitedLines lines = new LimitedLines()) {
      lines.initialize(whole, context);
      while (lines.nextKeyValue()) {
        String where = "%s, line %d".formatted(path, ++number);
        String line = text(lines, where);
        if (line.isBlank()) {
          continue;
        }
        if (header) {
          header = false;
        } else {
          add(field(splitter, line, table.column, where), where);
        }
      }
    }
  }

  private static String text(RecordReader<LongWritable, Text> lines, String where)
      throws IOException {
    try {
      Text line = lines.getCurrentValue();
      if (LimitedLines.isTooLong(line)) {
        throw new BadInputException(where + ": more than the bytes that a line may have");
      }
      return Text.decode(line.getBytes(), 0, line.getLength(), false);
    } catch (CharacterCodingException e) {
      throw new BadInputException(where + ": is no UTF-8; write the file as UTF-8", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading " + where, e);
    }
  }

  private static String field(LineSplitter splitter, String line, int column, String where) {
    String[] fields = splitter.split(line);
    if (splitter.open()) {
      throw new BadInputException(where + ": a quote is not closed: " + shown(line));
    }
    if (column >= fields.length) {
      throw new BadInputException(
          "%s: no column %d, where the header has the item: %s"
              .formatted(where, column, shown(line)));
    }
    return fields[column];
  }

  private void add(String written, String where) {
    String id = RowCheck.id(written);
    if (id == null || RowCheck.tooLong(id)) {
      throw new BadInputException(
          id == null
              ? "%s: an item id that is absent; remove the row".formatted(where)
              : "%s: an item id of more than %d bytes: %s"
                  .formatted(where, RowCheck.LONGEST_ID, shown(id)));
    }
    ids.add(id);
  }

  /**
   * How a text is read.
   *
   * @param column the item's, from 0
   */
  private record Table(String separator, int column, boolean header) {
    boolean quoted(List<String> lines) {
      return separator.equals(NONE)
          || Separators.quotedIn(separator, lines.subList(1, lines.size()));
    }
  }

  private static Table table(List<String> lines, String path) {
    String first = lines.get(0);
    if (!ColumnRole.ITEM.among(List.of(new LineSplitter(NONE, true).split(first))).isEmpty()) {
      return new Table(NONE, 0, true);
    }
    Optional<String> found = Separators.of(path, lines);
    if (found.isEmpty()) {
      return new Table(NONE, 0, false);
    }
    String separator = found.get();
    List<String> names = List.of(new LineSplitter(separator, true).split(first));
    if (!ColumnRole.ITEM.among(names).isEmpty()) {
      return new Table(separator, only(names, path), true);
    }
    boolean table = Separators.score(separator, lines)[0] == lines.size();
    if (table && !separator.equals(" ")) {
      throw uncertain(path, "several columns and no header that names the item's: " + shown(first));
    }
    return new Table(NONE, 0, false);
  }

  private static int only(List<String> names, String path) {
    List<Integer> found = ColumnRole.ITEM.among(names);
    if (found.size() != 1) {
      throw uncertain(path, "%d of the columns %s are the item's".formatted(found.size(), names));
    }
    return found.get(0);
  }

  private static BadInputException uncertain(String path, String why) {
    return new BadInputException(
        "%s: %s; write one id per line, or name one column item".formatted(path, why));
  }

  private static String shown(String text) {
    return "'%s'".formatted(text.length() > 60 ? text.substring(0, 60) + "..." : text);
  }
}
