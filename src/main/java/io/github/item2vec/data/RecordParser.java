package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The long way to a row: any line, and the lines after it when its quotes span them. Such a record
 * is one row, if user, item, rating and time stand in one line each; else each of its lines is a
 * bad row, and none is ever read as a row of its own. Used by one task.
 */
final class RecordParser {
  static final String OPEN_QUOTE = "open-quote";
  static final String UNCLEAR_QUOTE = "unclear-quote";
  static final String LINE_TOO_LONG = "line-too-long";
  static final String NOT_DECODED = "not-in-encoding";

  /** A split other than the last of its file ends in quotes: the file is to be read whole. */
  static final String SPLIT_IN_QUOTES = "split-in-quotes";

  /** Characters of a record; longer ones are texts that a forgotten quote has swallowed. */
  private static final int LONGEST = 1 << 20;

  private final InputFile file;
  private final RowCheck check;
  private final ColumnPositions columns;
  private final LineSplitter splitter;
  private final SplitLines lines;
  private final List<String> record = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private boolean decoded;
  private boolean open;

  RecordParser(InputFile file, RowCheck check, SplitLines lines) {
    this.file = file;
    this.check = check;
    this.columns = file.layout().columns();
    this.splitter = new LineSplitter(file.layout().separator(), file.layout().quoted());
    this.lines = lines;
  }

  /** Adds the record that begins in the current line; nothing for the empty end of a file. */
  void addTo(RowPacker packer) {
    long offset = lines.offset();
    String line = lines.text();
    decoded = lines.decoded();
    if (line.isEmpty() && file.endsAt(offset) && !lines.hasNext()) {
      return;
    }
    if (splitter.opens(line, false)) {
      addLines(packer, offset, line);
    } else {
      String reason = reason(line);
      if (reason == null) {
        check.add(columns, splitter.split(line), file, offset, line, packer);
      } else {
        packer.reject(reason, file, offset, line);
      }
    }
  }

  /** Why a record is no row before its values are looked at, or null. */
  private String reason(String text) {
    if (!decoded) {
      return NOT_DECODED;
    }
    String[] fields = splitter.split(text);
    if (fields.length < columns.width()) {
      return RowCheck.TOO_FEW_COLUMNS;
    }
    boolean unclear = splitter.unclear(columns.user()) || splitter.unclear(columns.item());
    return unclear ? UNCLEAR_QUOTE : null;
  }

  private void addLines(RowPacker packer, long firstOffset, String firstLine) {
    record.clear();
    offsets.clear();
    keep(firstOffset, firstLine);
    int length = firstLine.length();
    open = true;
    while (open && length <= LONGEST && lines.next()) {
      String line = lines.text();
      decoded &= lines.decoded();
      open = splitter.opens(line, true);
      keep(lines.offset(), line);
      length += line.length() + 1;
    }
    String text = String.join("\n", record);
    if (open || reason(text) != null || spansLines(splitter.split(text))) {
      for (int i = 0; i < record.size(); i++) {
        packer.reject(OPEN_QUOTE, file, offsets.get(i), record.get(i));
      }
    } else {
      check.add(columns, splitter.split(text), file, firstOffset, text, packer);
    }
  }

  /** Whether a quote is open that no record of a bearable length closes. */
  boolean inQuotes() {
    return open;
  }

  /** Adds the current line as a bad row: it is in quotes, to its end or to where they close. */
  void addInQuotes(RowPacker packer) {
    String line = lines.text();
    packer.reject(OPEN_QUOTE, file, lines.offset(), line);
    open = splitter.opens(line, true);
  }

  /** Says so when the split ends in quotes and the next one cannot know. */
  void end(RowPacker packer) {
    if (open && !lines.last()) {
      packer.reject(SPLIT_IN_QUOTES, file, 0, "");
    }
    open = false;
  }

  private void keep(long offset, String line) {
    offsets.add(offset);
    record.add(line);
  }

  private boolean spansLines(String[] fields) {
    for (ColumnRole role : ColumnRole.values()) {
      int at = columns.of(role);
      if (at != ColumnPositions.ABSENT && fields[at].indexOf('\n') >= 0) {
        return true;
      }
    }
    return false;
  }
}
