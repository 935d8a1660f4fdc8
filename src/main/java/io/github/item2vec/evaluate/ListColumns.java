package io.github.item2vec.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Columns of ids as text, so that equal ids of different types are equal; anything that has no one
 * text is refused. Driver only.
 */
final class ListColumns {
  private static final Set<DataType> IDS =
      Set.of(
          DataTypes.StringType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType);

  private ListColumns() {}

  /** A column of lists. */
  static Column texts(Dataset<?> lists, String name) {
    DataType type = type(lists, name);
    if (!(type instanceof ArrayType array) || !IDS.contains(array.elementType())) {
      throw wrong(name, type, "array<string> or an array of whole numbers");
    }
    return col(name).cast(DataTypes.createArrayType(DataTypes.StringType));
  }

  /** A column of ids. */
  static Column text(Dataset<?> lists, String name) {
    DataType type = type(lists, name);
    if (!IDS.contains(type)) {
      throw wrong(name, type, "string or a whole number");
    }
    return col(name).cast(DataTypes.StringType);
  }

  /** How many items the column train has; null where there is no such column. */
  static Column trainRows(Dataset<?> lists) {
    Column rows =
        List.of(lists.columns()).contains("train")
            ? size(col("train"))
            : lit(null).cast(DataTypes.IntegerType);
    return rows.as("trainRows");
  }

  private static DataType type(Dataset<?> lists, String name) {
    List<String> columns = List.of(lists.columns());
    if (!columns.contains(name)) {
      throw new IllegalArgumentException(
          "no column '%s' among %s".formatted(name, String.join(", ", columns)));
    }
    return lists.schema().apply(name).dataType();
  }

  private static IllegalArgumentException wrong(String name, DataType type, String wanted) {
    return new IllegalArgumentException(
        "column '%s' is %s: must be %s".formatted(name, type.catalogString(), wanted));
  }
}
