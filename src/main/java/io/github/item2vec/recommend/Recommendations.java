package io.github.item2vec.recommend;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of lists: in, {@code user} and {@code context}; out, those and the list. */
public final class Recommendations {
  public static final String USER = "user";

  /** array&lt;string&gt;: what the user is known to like; not recommended again. */
  public static final String CONTEXT = "context";

  /**
   * array&lt;string&gt;, optional: what the user has rated but does not like. Left out where the
   * context is; in the profile it counts what the vectors' {@link ProfileRule} says. Null is none.
   */
  public static final String RATED = "rated";

  /**
   * array&lt;string&gt;, optional: further items that this user is not recommended, whether or not
   * those of the context are; they are no part of the profile. Null is none.
   */
  public static final String LEAVE_OUT = "leaveOut";

  /** array&lt;string&gt;, best first; null when the user gets no list. */
  public static final String ITEMS = "items";

  /**
   * array&lt;float&gt;, falling, as {@link Scores} says; for a popularity list the counts. Null
   * when the user gets no list or scores are not kept.
   */
  public static final String SCORES = "scores";

  /** boolean: the user has no profile. */
  public static final String COLD = "cold";

  private Recommendations() {}

  static StructType schema(StructType users) {
    return users
        .add(ITEMS, DataTypes.createArrayType(DataTypes.StringType, false), true)
        .add(SCORES, DataTypes.createArrayType(DataTypes.FloatType, false), true)
        .add(COLD, DataTypes.BooleanType, false);
  }

  /**
   * The scores of a list as the settings want them.
   *
   * @param logSum log of the sum of the exponentials of all scores, see {@link Scores#PROBABILITY}
   */
  static float[] scores(ListSettings settings, float[] products, double logSum) {
    return switch (settings.scores()) {
      case NONE -> null;
      case PRODUCT -> products;
      case PROBABILITY -> {
        float[] probabilities = new float[products.length];
        for (int i = 0; i < products.length; i++) {
          probabilities[i] = (float) StrictMath.exp(products[i] - logSum);
        }
        yield probabilities;
      }
    };
  }

  static Row append(Row user, String[] ids, float[] scores, boolean cold) {
    int width = user.size();
    Object[] values = new Object[width + 3];
    for (int i = 0; i < width; i++) {
      values[i] = user.get(i);
    }
    values[width] = ids;
    values[width + 1] = scores;
    values[width + 2] = cold;
    return RowFactory.create(values);
  }
}
