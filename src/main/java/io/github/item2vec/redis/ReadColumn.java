package io.github.item2vec.redis;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A column that lists are read into. */
@SuppressWarnings("ImmutableEnumChecker") // Spark's types are case classes without setters
enum ReadColumn {
  /** The user's id, or its UUID as text. */
  USER(RowColumns.USER, DataTypes.StringType),

  /** The items' ids, or their UUIDs as text, best first. */
  ITEMS(RowColumns.ITEMS, DataTypes.createArrayType(DataTypes.StringType)),

  /** Their scores; null where the generation was published without. */
  SCORES(RowColumns.SCORES, DataTypes.createArrayType(DataTypes.FloatType));

  private final String text;
  private final DataType type;

  ReadColumn(String text, DataType type) {
    this.text = text;
    this.type = type;
  }

  /** All of them. */
  static StructType schema() {
    StructType schema = new StructType();
    for (ReadColumn column : values()) {
      schema = schema.add(column.text, column.type);
    }
    return schema;
  }

  /**
   * The columns of a schema, in its order.
   *
   * @throws IllegalArgumentException naming the first that lists cannot be read into
   */
  static List<ReadColumn> of(StructType schema) {
    return Arrays.stream(schema.fields()).map(ReadColumn::of).toList();
  }

  private static ReadColumn of(StructField field) {
    ReadColumn column =
        Arrays.stream(values())
            .filter(known -> known.text.equals(field.name()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "redis: there is no column '%s' to read: user, items and scores are all"
                            .formatted(field.name())));
    if (!plain(field.dataType()).equals(plain(column.type))) {
      throw new IllegalArgumentException(
          "redis: column '%s' is read as %s, not %s"
              .formatted(field.name(), column.type.sql(), field.dataType().sql()));
    }
    return column;
  }

  /** Whether an array may hold null is the schema's own affair. */
  private static DataType plain(DataType type) {
    return type instanceof ArrayType array
        ? DataTypes.createArrayType(array.elementType(), true)
        : type;
  }
}
