package io.github.item2vec.recommend;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of lists: in, {@code user} and {@code context}; out, those and the list. */
public final class Recommendations {
  public static final String USER = "user";

  /** array&lt;string&gt;: what the user is known to like; never recommended again. */
  public static final String CONTEXT = "context";

  /** array&lt;string&gt;, best first; null when the user gets no list. */
  public static final String ITEMS = "items";

  /** array&lt;float&gt;, falling; for a popularity list the counts. */
  public static final String SCORES = "scores";

  /** boolean: no item of the context has a vector. */
  public static final String COLD = "cold";

  private Recommendations() {}

  static StructType schema(StructType users) {
    return users
        .add(ITEMS, DataTypes.createArrayType(DataTypes.StringType, false), true)
        .add(SCORES, DataTypes.createArrayType(DataTypes.FloatType, false), true)
        .add(COLD, DataTypes.BooleanType, false);
  }
}
