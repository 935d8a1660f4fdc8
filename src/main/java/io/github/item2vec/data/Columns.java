package io.github.item2vec.data;

/** The column names every stage of the job agrees on. */
public final class Columns {
  public static final String USER = "user";
  public static final String ITEM = "item";
  public static final String RATING = "rating";
  public static final String TIMESTAMP = "timestamp";
  public static final String ITEMS = "items";

  /** Next to {@link #ITEMS}: the timestamp of each. */
  public static final String TIMES = "times";

  /** Array of string: items that the user has rated below the minimum, in order. */
  public static final String RATED = "rated";

  /** Next to {@link #RATED}, array of int: how many of the user's items stand before each. */
  public static final String RATED_AT = "ratedAt";

  /** Next to {@link #RATED}: the timestamp of each. */
  public static final String RATED_TIMES = "ratedTimes";

  public static final String SCORES = "scores";
  public static final String TRAIN = "train";
  public static final String VALIDATION = "validation";
  public static final String TEST = "test";

  private Columns() {}
}
