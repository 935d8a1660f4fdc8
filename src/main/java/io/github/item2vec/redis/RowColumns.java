package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.RedisOptions;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where a row holds the user's id, the list and its scores (-1 when they are not written), and
 * whether it is a list of similar items (-1 when there are none); other columns are ignored.
 */
record RowColumns(int user, int items, int scores, int similar) implements Serializable {
  /** Column with the user's id or UUID as text; one row a user. */
  static final String USER = "user";

  /** Column with the item ids, an array of strings, best first. */
  static final String ITEMS = "items";

  /** Column with the scores of the items, an array of floats. */
  static final String SCORES = "scores";

  /** Column that tells an item's list from a user's, boolean. */
  static final String SIMILAR = "similar";

  /**
   * Finds the columns that the options ask for.
   *
   * @throws IllegalArgumentException naming the one that is missing or of another type
   */
  static RowColumns of(StructType schema, RedisOptions options) {
    int user = position(schema, USER);
    int items = position(schema, ITEMS);
    require(schema.fields()[user].dataType(), DataTypes.StringType, USER);
    requireArray(schema.fields()[items].dataType(), DataTypes.StringType, ITEMS);
    int scores = options.scores() ? position(schema, SCORES) : -1;
    if (options.scores()) {
      requireArray(schema.fields()[scores].dataType(), DataTypes.FloatType, SCORES);
    }
    int similar = options.similarItems() > 0 ? position(schema, SIMILAR) : -1;
    if (options.similarItems() > 0) {
      require(schema.fields()[similar].dataType(), DataTypes.BooleanType, SIMILAR);
    }
    return new RowColumns(user, items, scores, similar);
  }

  private static void requireArray(DataType type, DataType element, String name) {
    require(type instanceof ArrayType array ? array.elementType() : type, element, name);
    if (!(type instanceof ArrayType)) {
      throw new IllegalArgumentException(
          "redis: column '%s' is no array but %s".formatted(name, type.sql()));
    }
  }

  private static int position(StructType schema, String name) {
    int position = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "redis: no column '%s' among %s: expected user (string), items (array<string>), with option 'scores' also scores (array<float>), with option 'similar-items' also similar (boolean)"
              .formatted(name, Arrays.toString(schema.fieldNames())));
    }
    return position;
  }

  private static void require(DataType type, DataType expected, String name) {
    if (!type.equals(expected)) {
      throw new IllegalArgumentException(
          "redis: column '%s' holds %s instead of %s".formatted(name, type.sql(), expected.sql()));
    }
  }
}
