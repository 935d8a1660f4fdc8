package io.github.item2vec.data;

/**
 * Where the ratings are and how to understand them; settings of the driver, captured by tasks.
 *
 * @param path any Hadoop URI: file, directory (with its subdirectories) or glob, compressed or not
 * @param format the file format, or {@code AUTO}: by the content of each file
 * @param order what puts a user's rows in order
 * @param minRating rows below it are valid but not kept
 * @param lowestRating ratings outside [lowestRating, highestRating] are bad rows
 * @param highestRating see {@code lowestRating}
 * @param maxRejected share of bad rows, 0 to 1, above which the input is refused
 * @param userColumn 0-based position, name (case-insensitive), or "auto": a well-known name in the
 *     header or schema, without either position 0; likewise the next three with positions 1, 2 and
 *     3
 * @param ratingColumn "none" too: every row counts as liked
 * @param encoding of text: a charset that has ASCII as ASCII
 * @param separator of the fields of text, or "auto": by the format, in {@code AUTO} by the content
 */
public record RatingsSource(
    String path,
    Format format,
    Order order,
    double minRating,
    double lowestRating,
    double highestRating,
    double maxRejected,
    String userColumn,
    String itemColumn,
    String ratingColumn,
    String timestampColumn,
    String encoding,
    String separator) {

  /** The file formats; {@code TSV} is u.data's, {@code DAT} separates with "::". */
  public enum Format {
    AUTO,
    TSV,
    CSV,
    DAT,
    PARQUET
  }

  /** What puts a user's rows in order: (timestamp, item, rating), or (file path, place in file). */
  public enum Order {
    TIMESTAMP,
    FILE
  }

  /** The value of a column setting that leaves the choice to the reader. */
  public static final String AUTO_COLUMN = "auto";

  /** The value of {@code ratingColumn} for data without ratings. */
  public static final String NO_COLUMN = "none";

  private static final String UTF_8 = "UTF-8";

  public RatingsSource {
    if (!(lowestRating <= highestRating)) {
      throw new IllegalArgumentException(
          "rating range must be [low, high], got [" + lowestRating + ", " + highestRating + "]");
    }
    if (!(maxRejected >= 0 && maxRejected <= 1)) {
      throw new IllegalArgumentException("max-rejected must be in [0, 1], got " + maxRejected);
    }
    if (Double.isNaN(minRating)) {
      throw new IllegalArgumentException("min-rating must be a number");
    }
  }

  /** All columns chosen by the reader. */
  public RatingsSource(
      String path,
      Format format,
      Order order,
      double minRating,
      double lowestRating,
      double highestRating,
      double maxRejected) {
    this(
        path,
        format,
        order,
        minRating,
        lowestRating,
        highestRating,
        maxRejected,
        AUTO_COLUMN,
        AUTO_COLUMN,
        AUTO_COLUMN,
        AUTO_COLUMN,
        UTF_8,
        AUTO_COLUMN);
  }
}
