package io.github.item2vec.data;

/** The column names every stage of the job agrees on. */
public final class Columns {
  public static final String USER = "user";
  public static final String ITEM = "item";
  public static final String RATING = "rating";
  public static final String TIMESTAMP = "timestamp";
  public static final String ITEMS = "items";

  /** Beside {@link #ITEMS}: the timestamp of each. */
  public static final String TIMES = "times";

  public static final String SCORES = "scores";
  public static final String TRAIN = "train";
  public static final String VALIDATION = "validation";
  public static final String TEST = "test";

  private Columns() {}
}
