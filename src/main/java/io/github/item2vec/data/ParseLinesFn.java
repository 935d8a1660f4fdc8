package io.github.item2vec.data;

import com.univocity.parsers.common.TextParsingException;
import io.github.item2vec.data.RatingsSource.Format;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Turns the lines of one split into checked rows, in a task, streaming. */
final class ParseLinesFn
    implements Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Row>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, InputFile> files;
  private final Format format;
  private final ColumnPositions columns;
  private final String[] header;
  private final RowCheck check;

  /** {@code header}: the fields of the header that each file may start with, or null. */
  @SuppressWarnings("NonApiType") // travels to tasks: the declared type must be serializable
  ParseLinesFn(
      HashMap<String, InputFile> files,
      Format format,
      ColumnPositions columns,
      String[] header,
      RowCheck check) {
    this.files = files;
    this.format = format;
    this.columns = columns;
    this.header = header;
    this.check = check;
  }

  @Override
  public Iterator<Row> call(InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
    String path = ((FileSplit) split).getPath().toString();
    return new Rows(files.get(path), new LineSplitter(format), lines);
  }

  private final class Rows implements Iterator<Row> {
    private final InputFile file;
    private final LineSplitter splitter;
    private final Iterator<Tuple2<LongWritable, Text>> lines;
    private Row next;

    Rows(InputFile file, LineSplitter splitter, Iterator<Tuple2<LongWritable, Text>> lines) {
      this.file = file;
      this.splitter = splitter;
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      while (next == null && hasLine()) {
        Tuple2<LongWritable, Text> record = lines.next();
        next = row(record._1.get(), record._2.toString());
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next;
      next = null;
      return row;
    }

    private boolean hasLine() {
      try {
        return lines.hasNext();
      } catch (Exception e) {
        // Scala's iterator throws the reader's IOException undeclared
        if (IOException.class.isInstance(e)) {
          throw new BadInputException(
              "input cannot be read: " + file.path() + ": " + e.getMessage(), e);
        }
        throw e;
      }
    }

    /** The row of a line; null for a header and for the empty line that may end a file. */
    private Row row(long offset, String line) {
      if (line.isEmpty() && file.endsAt(offset) && !hasLine()) {
        return null;
      }
      String[] fields;
      try {
        fields = splitter.split(line);
      } catch (TextParsingException e) {
        return RowCheck.rejected(RowCheck.UNPARSABLE, file, offset, line);
      }
      if (offset == 0 && header != null && isHeader(fields)) {
        return null;
      }
      if (fields.length < columns.width()) {
        return RowCheck.rejected(RowCheck.TOO_FEW_COLUMNS, file, offset, line);
      }
      return check.row(columns.pick(fields), file, offset, line);
    }

    private boolean isHeader(String[] fields) {
      if (Arrays.equals(fields, header)) {
        return true;
      }
      if (ColumnPositions.namesUserAndItem(fields)) {
        throw new BadInputException(
            "the header of "
                + file.path()
                + " is "
                + Arrays.toString(fields)
                + ", other files have "
                + Arrays.toString(header));
      }
      return false;
    }
  }
}
