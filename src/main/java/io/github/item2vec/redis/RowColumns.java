package io.github.item2vec.redis;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Where a row holds the user's id and the list; other columns are ignored. */
record RowColumns(int user, int items) implements Serializable {
  /** Column with the user's id or UUID as text; one row a user. */
  static final String USER = "user";

  /** Column with the item ids, an array of strings, best first. */
  static final String ITEMS = "items";

  /**
   * Finds the columns.
   *
   * @throws IllegalArgumentException naming the one that is missing or of another type
   */
  static RowColumns of(StructType schema) {
    int user = position(schema, USER);
    int items = position(schema, ITEMS);
    require(schema.fields()[user].dataType(), DataTypes.StringType, USER);
    DataType list = schema.fields()[items].dataType();
    require(
        list instanceof ArrayType array ? array.elementType() : list, DataTypes.StringType, ITEMS);
    if (!(list instanceof ArrayType)) {
      throw new IllegalArgumentException("redis: column 'items' is no array but " + list.sql());
    }
    return new RowColumns(user, items);
  }

  private static int position(StructType schema, String name) {
    int position = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "redis: no column '%s' among %s: expected user (string), items (array<string>)"
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
