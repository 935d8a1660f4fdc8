package io.github.item2vec.data;

import com.univocity.parsers.common.TextParsingException;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Turns the lines of one split into records of checked rows, in a task, streaming. */
final class ParseLinesFn
    implements Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Row>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, InputFile> files;
  private final Format format;
  private final ColumnPositions columns;
  private final String[] header;
  private final RowCheck check;
  private final Order order;
  private final double minRating;

  /** {@code header}: the fields of the header that each file may start with, or null. */
  @SuppressWarnings("NonApiType") // travels to tasks: the declared type must be serializable
  ParseLinesFn(
      HashMap<String, InputFile> files,
      Format format,
      ColumnPositions columns,
      String[] header,
      RatingsSource source) {
    this.files = files;
    this.format = format;
    this.columns = columns;
    this.header = header;
    this.check = RowCheck.of(source);
    this.order = source.order();
    this.minRating = source.minRating();
  }

  @Override
  public Iterator<Row> call(InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
    String path = ((FileSplit) split).getPath().toString();
    return new Records(files.get(path), lines);
  }

  private final class Records extends PackedRecords {
    private final InputFile file;
    private final LineFields plain = new LineFields(format, columns, check);
    private final LineSplitter splitter = new LineSplitter(format);
    private final Iterator<Tuple2<LongWritable, Text>> lines;

    Records(InputFile file, Iterator<Tuple2<LongWritable, Text>> lines) {
      super(new RowPacker(order, minRating));
      this.file = file;
      this.lines = lines;
    }

    @Override
    boolean readTo(RowPacker packer) {
      if (!hasLine()) {
        return false;
      }
      Tuple2<LongWritable, Text> line = lines.next();
      long offset = line._1.get();
      Text text = line._2;
      boolean mayBeHeader = offset == 0 && header != null;
      if (mayBeHeader || !plain.addTo(packer, text.getBytes(), text.getLength(), file, offset)) {
        add(packer, offset, text.toString());
      }
      return true;
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

    /** The row of any line; none for a header and for the empty line that may end a file. */
    private void add(RowPacker packer, long offset, String line) {
      if (line.isEmpty() && file.endsAt(offset) && !hasLine()) {
        return;
      }
      String[] fields;
      try {
        fields = splitter.split(line);
      } catch (TextParsingException e) {
        packer.reject(RowCheck.UNPARSABLE, file, offset, line);
        return;
      }
      if (offset == 0 && header != null && isHeader(fields)) {
        return;
      }
      if (fields.length < columns.width()) {
        packer.reject(RowCheck.TOO_FEW_COLUMNS, file, offset, line);
      } else {
        check.add(columns.pick(fields), file, offset, line, packer);
      }
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
