package io.github.item2vec.data;

/**
 * Where the ratings are and how to understand them; settings of the driver, captured by tasks.
 *
 * @param path any Hadoop URI: file, directory (with its subdirectories) or glob, compressed or not
 * @param format the file format, or {@code AUTO}: by extension, else by the first line
 * @param order what puts a user's rows in order
 * @param minRating rows below it are valid but not kept
 * @param lowestRating ratings outside [lowestRating, highestRating] are bad rows
 * @param highestRating see {@code lowestRating}
 * @param maxRejected share of bad rows, 0 to 1, above which the input is refused
 * @param userColumn 0-based position, name (case-insensitive), or "auto": a well-known name in the
 *     header or schema, else position 0; likewise the next three with positions 1, 2 and 3
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
    String timestampColumn) {

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
        AUTO_COLUMN);
  }
}
