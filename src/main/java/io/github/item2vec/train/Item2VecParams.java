package io.github.item2vec.train;

import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What estimator and model share: the columns. */
interface Item2VecParams extends Params {
  /** Items that become strings and stay the same items: one string for each value, in any zone. */
  Set<DataType> ITEM_TYPES =
      Set.of(
          DataTypes.StringType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.BooleanType,
          DataTypes.DateType);

  /** Column with the sequences: an array of strings, whole numbers, booleans or dates. */
  Param<String> itemsCol();

  /** Column for the profile vector. */
  Param<String> outputCol();

  /** Name of the column with the sequences. */
  default String getItemsCol() {
    return getOrDefault(itemsCol());
  }

  /** Name of the column that {@code transform} adds. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** The sequences as arrays of strings. */
  default Column itemsAsStrings() {
    return asStrings(getItemsCol());
  }

  static Column asStrings(String column) {
    return functions.col(column).cast(DataTypes.createArrayType(DataTypes.StringType));
  }

  static Param<String> itemsCol(Params parent) {
    return new Param<>(
        parent,
        "itemsCol",
        "column with the item sequences, array of strings, whole numbers, booleans or dates");
  }

  static Param<String> outputCol(Params parent) {
    return new Param<>(parent, "outputCol", "column for the profile vectors");
  }

  /** Checks the columns: the one exists as array of items, the other does not exist yet. */
  default StructType checkedSchema(StructType schema) {
    requireItems(schema, "itemsCol", getItemsCol());
    if (schema.getFieldIndex(getOutputCol()).isDefined()) {
      throw new IllegalArgumentException(
          "outputCol: column '%s' is there already".formatted(getOutputCol()));
    }
    return schema.add(
        new StructField(
            getOutputCol(),
            org.apache.spark.ml.linalg.SQLDataTypes.VectorType(),
            true,
            org.apache.spark.sql.types.Metadata.empty()));
  }

  /** The column exists as array of items. */
  static void requireItems(StructType schema, String param, String column) {
    int index = schema.getFieldIndex(column).isEmpty() ? -1 : schema.fieldIndex(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s: no column '%s' among %s"
              .formatted(param, column, String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.apply(index).dataType();
    if (!(type instanceof ArrayType array) || !ITEM_TYPES.contains(array.elementType())) {
      throw new IllegalArgumentException(
          "%s: column '%s' is %s, must be array<string>, or an array of whole numbers, booleans or dates"
              .formatted(param, column, type.catalogString()));
    }
  }
}
