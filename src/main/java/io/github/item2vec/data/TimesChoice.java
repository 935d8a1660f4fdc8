package io.github.item2vec.data;

import java.util.List;

/** Finds the scale of the timestamps in a few rows of each file; driver only. */
final class TimesChoice {
  private Times chosen;
  private String where;
  private String value;
  private boolean seen;

  /** Looks at a column; two scales in an input are bad input. */
  void look(String path, List<String[]> rows, int column) {
    seen = true;
    for (String[] row : rows) {
      String text = column < row.length ? row[column] : null;
      Times scale = Times.scale(text);
      if (scale == null || scale == chosen || (scale == Times.NUMBERS && isNumbers(chosen))) {
        continue;
      }
      if (chosen != null && !(chosen == Times.NUMBERS && isNumbers(scale))) {
        throw new BadInputException(
            "timestamps of two kinds: '%s' in %s is one of %s, '%s' in %s one of %s; write them in one way"
                .formatted(value, where, chosen, text, path, scale));
      }
      chosen = scale;
      where = path;
      value = text;
    }
  }

  private static boolean isNumbers(Times scale) {
    return scale != null && scale != Times.DATES;
  }

  Times chosen() {
    return chosen != null ? chosen : seen ? Times.NUMBERS : Times.NONE;
  }
}
