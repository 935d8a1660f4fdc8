package io.github.item2vec.train;

import java.io.Serializable;
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
@SuppressWarnings("unchecked") // E is the class of this, and set returns this
public interface ColumnParams<E extends ColumnParams<E>> extends Params {
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

  /** The Params themselves, made once for each estimator or model. */
  record Declared(Param<String> itemsCol, Param<String> outputCol) implements Serializable {}

  /** Makes the Params, with their defaults. */
  static Declared declare(Params owner) {
    return new Declared(itemsCol(owner), outputCol(owner));
  }

  /** What {@link #declare} has made. */
  Declared columnParams();

  /** Param: column with the sequences, an array of strings, whole numbers, booleans or dates. */
  default Param<String> itemsCol() {
    return columnParams().itemsCol();
  }

  /** Name of the column with the sequences. */
  default String getItemsCol() {
    return getOrDefault(itemsCol());
  }

  /** Sets {@link #itemsCol()}; default items. */
  default E setItemsCol(String value) {
    return (E) set(itemsCol(), value);
  }

  private static Param<String> itemsCol(Params owner) {
    Param<String> itemsCol =
        new Param<>(
            owner,
            "itemsCol",
            "column with the item sequences, array of strings, whole numbers, booleans or dates");
    owner.setDefault(itemsCol, "items");
    return itemsCol;
  }

  /** Param: column for the profile vector. */
  default Param<String> outputCol() {
    return columnParams().outputCol();
  }

  /** Name of the column that {@code transform} adds. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Sets {@link #outputCol()}; default profile. */
  default E setOutputCol(String value) {
    return (E) set(outputCol(), value);
  }

  private static Param<String> outputCol(Params owner) {
    Param<String> outputCol = new Param<>(owner, "outputCol", "column for the profile vectors");
    owner.setDefault(outputCol, "profile");
    return outputCol;
  }

  /** The sequences as arrays of strings. */
  default Column itemsAsStrings() {
    return asStrings(getItemsCol());
  }

  /** A column of items as arrays of strings. */
  static Column asStrings(String column) {
    return functions.col(column).cast(DataTypes.createArrayType(DataTypes.StringType));
  }

  /** Checks the columns: the one exists as array of items, the other does not exist yet. */
  default StructType checkedSchema(StructType schema) {
    requireItems(schema, "itemsCol", getItemsCol());
    requireNew(schema, "outputCol", getOutputCol());
    return schema.add(
        new StructField(
            getOutputCol(),
            org.apache.spark.ml.linalg.SQLDataTypes.VectorType(),
            true,
            org.apache.spark.sql.types.Metadata.empty()));
  }

  /** There is no such column yet. */
  static void requireNew(StructType schema, String param, String column) {
    if (schema.getFieldIndex(column).isDefined()) {
      throw new IllegalArgumentException(
          "%s: column '%s' is there already".formatted(param, column));
    }
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
