package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
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

  /** Characters that are kept of a line that is too long. */
  private static final int SHOWN = 200;

  private final HashMap<String, InputFile> files;
  private final RowCheck check;
  private final Order order;
  private final double minRating;
  private final String encoding;

  @SuppressWarnings("NonApiType") // travels to tasks: the declared type must be serializable
  ParseLinesFn(HashMap<String, InputFile> files, RowCheck check, RatingsSource source) {
    this.files = files;
    this.check = check;
    this.order = source.order();
    this.minRating = source.minRating();
    this.encoding = source.encoding();
  }

  @Override
  public Iterator<Row> call(InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
    FileSplit part = (FileSplit) split;
    InputFile file = files.get(part.getPath().toString());
    boolean last = file.compressed() || part.getStart() + part.getLength() >= file.length();
    return new Records(file, new SplitLines(file, lines, last, encoding));
  }

  private final class Records extends PackedRecords {
    private final InputFile file;
    private final LineFields plain;
    private final RecordParser others;
    private final SplitLines lines;

    Records(InputFile file, SplitLines lines) {
      super(new RowPacker(order, minRating));
      this.file = file;
      this.lines = lines;
      this.plain = new LineFields(file.layout(), check);
      this.others = new RecordParser(file, check, lines);
    }

    @Override
    boolean readTo(RowPacker packer) {
      if (!lines.next()) {
        others.end(packer);
        return false;
      }
      if (others.inQuotes()) {
        others.addInQuotes(packer);
        return true;
      }
      long offset = lines.offset();
      Text text = lines.bytes();
      if (offset < file.layout().rowsFrom()) {
        return true;
      }
      if (lines.tooLong()) {
        packer.reject(
            RecordParser.LINE_TOO_LONG, file, offset, lines.text().substring(0, SHOWN) + "...");
      } else if (!plain.addTo(packer, text.getBytes(), text.getLength(), file, offset)) {
        others.addTo(packer);
      }
      return true;
    }
  }
}
