package io.github.item2vec.data;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The door: turns the text of the fields into a good row, or a bad one with its reason; runs in
 * tasks. Ids are kept as written but for blanks around them; numbers may have blanks around them.
 *
 * @param lowest lowest valid rating
 * @param highest highest valid rating
 * @param times how timestamps count
 */
record RowCheck(double lowest, double highest, Times times) implements Serializable {
  static final String TOO_FEW_COLUMNS = "too-few-columns";
  static final String NULL_ID = "null-id";
  static final String ID_TOO_LONG = "id-too-long";
  static final String NOT_A_NUMBER = "not-a-number";
  static final String NOT_A_TIME = "not-a-time";
  static final String NAN_RATING = "nan-rating";
  static final String OUT_OF_RANGE = "rating-out-of-range";

  /** Bytes of an id in UTF-8: each is a key of Redis, and stands in many lists. */
  static final int LONGEST_ID = 1024;

  /** What a row without ratings counts as: above every minimum. */
  static final double LIKED = Double.POSITIVE_INFINITY;

  /** Exports' mark for "seen, not rated", where no rating can be negative: below every minimum. */
  private static final double NOT_RATED = -1;

  /** How exports spell an absent value: SQL and JSON tools, Hive, pandas and Python. */
  private static final Set<String> NULLS =
      Set.of("NULL", "null", "\\N", "nan", "NaN", "NaT", "None", "<NA>");

  static RowCheck of(RatingsSource source, Times times) {
    return new RowCheck(source.lowestRating(), source.highestRating(), times);
  }

  /** Whether the rating is a number in the range. */
  boolean accepts(double rating) {
    return rating >= lowest && rating <= highest;
  }

  /**
   * Adds the row, or its rejection.
   *
   * @param fields all of the row, at least {@code columns.width()}
   * @param line what to show of the row when it is rejected
   */
  void add(
      ColumnPositions columns,
      String[] fields,
      InputFile file,
      long offset,
      String line,
      RowPacker into) {
    String user = id(fields[columns.user()]);
    String item = id(fields[columns.item()]);
    boolean rated = columns.rating() != ColumnPositions.ABSENT;
    Double rating = rated ? number(fields[columns.rating()]) : Double.valueOf(LIKED);
    double time =
        columns.timestamp() == ColumnPositions.ABSENT ? 0 : times.of(fields[columns.timestamp()]);
    if (user == null || item == null) {
      into.reject(NULL_ID, file, offset, line);
    } else if (tooLong(user) || tooLong(item)) {
      into.reject(ID_TOO_LONG, file, offset, line);
    } else if (rating == null) {
      into.reject(NOT_A_NUMBER, file, offset, line);
    } else if (Double.isNaN(time)) {
      into.reject(NOT_A_TIME, file, offset, line);
    } else if (rated && !Double.isFinite(rating)) {
      into.reject(NAN_RATING, file, offset, line);
    } else if (rated && rating == NOT_RATED && lowest >= 0) {
      into.add(user, item, Double.NEGATIVE_INFINITY, time, file, offset);
    } else if (rated && !accepts(rating)) {
      into.reject(OUT_OF_RANGE, file, offset, line);
    } else {
      into.add(user, item, rating, time, file, offset);
    }
  }

  /** The id without blanks around it; null when there is none. */
  static String id(String written) {
    String id = written == null ? "" : written.strip();
    return id.isEmpty() || NULLS.contains(id) ? null : id;
  }

  static boolean tooLong(String id) {
    return id.length() > LONGEST_ID
        || (3 * id.length() > LONGEST_ID
            && id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID);
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
