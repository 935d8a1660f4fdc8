package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How each text file of an input is read: every file by its own header. Driver only. */
final class TextTables {
  private final RatingsSource source;
  private final InputFiles files;
  private final List<TextTable> tables = new ArrayList<>();
  private final List<InputFile> inputFiles = new ArrayList<>();
  private final TimesChoice times = new TimesChoice();
  private TextTable headed;
  private ColumnChoice firstChoice;

  TextTables(RatingsSource source, InputFiles files) {
    this.source = source;
    this.files = files;
    Optional<String> fallback = fallback();
    for (FileSample sample : files.samples()) {
      TextTable table = TextTable.of(sample, source, fallback);
      tables.add(table);
      headed = headed == null && table.header() != null ? table : headed;
    }
    for (TextTable table : tables) {
      add(table);
    }
  }

  /** The separator of all files in which one is found; for those of a line or two. */
  private Optional<String> fallback() {
    Set<String> found = new HashSet<>();
    for (FileSample sample : files.samples()) {
      TextTable.separator(sample, source, sample.lines()).ifPresent(found::add);
    }
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  private void add(TextTable table) {
    String path = table.sample().file().getPath().toString();
    List<String> header = table.header() == null ? inherited(table) : table.header();
    ColumnChoice choice = new ColumnChoice(source, path, header, table.rows());
    ColumnPositions columns = choice.columns();
    firstChoice = firstChoice == null ? choice : firstChoice;
    if (!inputFiles.isEmpty()) {
      ColumnPositions first = inputFiles.get(0).layout().columns();
      requireSame(path, ColumnRole.RATING, first.rating(), columns.rating());
      requireSame(path, ColumnRole.TIMESTAMP, first.timestamp(), columns.timestamp());
    }
    if (columns.timestamp() != ColumnPositions.ABSENT) {
      times.look(path, table.rows(), columns.timestamp());
    }
    inputFiles.add(
        new InputFile(
            path,
            inputFiles.size(),
            table.sample().file().getLen(),
            table.sample().compressed(),
            new TextLayout(table.separator(), table.quoted(), columns, table.rowsFrom())));
  }

  /** A file without a header is as the others are, if it can be and these are all alike. */
  private List<String> inherited(TextTable table) {
    if (headed == null) {
      return null;
    }
    String path = table.sample().file().getPath().toString();
    for (TextTable other : tables) {
      if (other.header() != null && !other.header().equals(headed.header())) {
        throw new BadInputException(
            "%s has no header, and those of %s and %s differ: %s and %s"
                .formatted(
                    path,
                    headed.sample().file().getPath(),
                    other.sample().file().getPath(),
                    headed.header(),
                    other.header()));
      }
    }
    int width = table.rows().stream().mapToInt(row -> row.length).max().orElse(0);
    if (width != headed.header().size()) {
      throw new BadInputException(
          "%s has no header and %d columns; %s has the header %s"
              .formatted(path, width, headed.sample().file().getPath(), headed.header()));
    }
    return headed.header();
  }

  private void requireSame(String path, ColumnRole role, int first, int here) {
    if ((first == ColumnPositions.ABSENT) != (here == ColumnPositions.ABSENT)) {
      String with = here == ColumnPositions.ABSENT ? inputFiles.get(0).path() : path;
      String without = here == ColumnPositions.ABSENT ? path : inputFiles.get(0).path();
      throw new BadInputException(
          "%s has a %s column, %s has none; name one kind of file by a glob, or set %s"
              .formatted(with, role.word(), without, role.key()));
    }
  }

  List<InputFile> files() {
    return inputFiles;
  }

  Times times() {
    return times.chosen();
  }

  InputReading reading() {
    ColumnPositions columns = inputFiles.get(0).layout().columns();
    Set<List<Object>> layouts = new HashSet<>();
    for (TextTable table : tables) {
      List<String> header = table.header() == null ? List.of() : table.header();
      layouts.add(List.of(table.separator(), header));
    }
    return new InputReading(
        "text",
        inputFiles.size(),
        files.skipped().size(),
        InputReading.first(files.skipped()),
        source.encoding(),
        Separators.shown(tables.get(0).separator()),
        layouts.size(),
        InputReading.columns(firstChoice, columns),
        times().toString(),
        InputReading.firstRow(columns, tables.get(0).rows()));
  }
}
