package io.github.item2vec.data;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;

/**
 * The door: turns the text of four fields into a good row, or a bad one with its reason; runs in
 * tasks. Ids are kept as written, numbers may have blanks around them.
 *
 * @param lowest lowest valid rating
 * @param highest highest valid rating
 */
record RowCheck(double lowest, double highest) implements Serializable {
  static final String TOO_FEW_COLUMNS = "too-few-columns";

  /** More fields than any table has: the CSV parser gives up on the line. */
  static final String UNPARSABLE = "unparsable";

  static final String NULL_ID = "null-id";
  static final String NOT_A_NUMBER = "not-a-number";
  static final String NAN_RATING = "nan-rating";
  static final String OUT_OF_RANGE = "rating-out-of-range";

  /** How exports spell an absent value: SQL, pandas and JSON tools, Hive. */
  private static final Set<String> NULLS = Set.of("NULL", "null", "\\N");

  static RowCheck of(RatingsSource source) {
    return new RowCheck(source.lowestRating(), source.highestRating());
  }

  /** Whether the rating is a number in the range. */
  boolean accepts(double rating) {
    return rating >= lowest && rating <= highest;
  }

  /**
   * Adds the row, or its rejection.
   *
   * @param fields user, item, rating, timestamp; three when the input has no timestamps
   * @param line what to show of the row when it is rejected
   */
  void add(String[] fields, InputFile file, long offset, String line, RowPacker into) {
    if (isNull(fields[0]) || isNull(fields[1])) {
      into.reject(NULL_ID, file, offset, line);
      return;
    }
    Double rating = number(fields[2]);
    Double timestamp = fields.length > 3 ? number(fields[3]) : Double.valueOf(0);
    if (rating == null || timestamp == null || !Double.isFinite(timestamp)) {
      into.reject(NOT_A_NUMBER, file, offset, line);
    } else if (!Double.isFinite(rating)) {
      into.reject(NAN_RATING, file, offset, line);
    } else if (!accepts(rating)) {
      into.reject(OUT_OF_RANGE, file, offset, line);
    } else {
      into.add(fields[0], fields[1], rating, timestamp, file, offset);
    }
  }

  private static boolean isNull(String id) {
    return id == null || id.isBlank() || NULLS.contains(id);
  }

  /** The number, maybe NaN or infinite; null when the text is none (Java's 1d, 1f, 0x1p0 too). */
  static Double number(String text) {
    String bare = text == null ? "" : text.strip();
    if (bare.isEmpty()) {
      return null;
    }
    char last = bare.charAt(bare.length() - 1);
    if ((last >= '0' && last <= '9') || last == '.') {
      try {
        return bare.indexOf('x') >= 0 || bare.indexOf('X') >= 0 ? null : Double.valueOf(bare);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return switch (bare.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }
}
