package io.github.item2vec.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of Parquet files some of which Spark refuses by their declared types, though it reads
 * what is stored: UUIDs as 16 bytes, timestamps in nanoseconds (pandas') as whole numbers. Driver
 * only; opens each file.
 */
final class ParquetSchema {
  private ParquetSchema() {}

  /** The columns of all files; one name with two types is bad input. */
  static StructType of(Configuration hadoop, List<FileStatus> files) {
    Map<String, StructField> columns = new LinkedHashMap<>();
    Map<String, FileStatus> firstFiles = new LinkedHashMap<>();
    for (FileStatus file : files) {
      for (StructField field : fields(hadoop, file)) {
        String name = field.name().toLowerCase(Locale.ROOT);
        FileStatus first = firstFiles.putIfAbsent(name, file);
        StructField known = columns.putIfAbsent(name, field);
        if (known != null && !known.dataType().equals(field.dataType())) {
          throw new BadInputException(
              "column '%s' is of type %s in %s and of type %s in %s: write it in one way"
                  .formatted(
                      field.name(),
                      known.dataType().simpleString(),
                      first.getPath(),
                      field.dataType().simpleString(),
                      file.getPath()));
        }
      }
    }
    return new StructType(columns.values().toArray(StructField[]::new));
  }

  /** Whether a file has such columns; of one whose footer cannot be read Spark will say so. */
  static boolean needed(Configuration hadoop, FileStatus file) {
    try {
      return declared(hadoop, file).getFields().stream().anyMatch(ParquetSchema::isUnknown);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static MessageType declared(Configuration hadoop, FileStatus file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
      return reader.getFileMetaData().getSchema();
    }
  }

  private static StructField[] fields(Configuration hadoop, FileStatus file) {
    try {
      List<Type> plain = new ArrayList<>();
      for (Type field : declared(hadoop, file).getFields()) {
        plain.add(isUnknown(field) ? stored(field.asPrimitiveType()) : field);
      }
      MessageType schema = new MessageType("table", plain);
      return new ParquetToSparkSchemaConverter(SQLConf.get()).convert(schema).fields();
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(
          "input cannot be read: " + file.getPath() + ": " + e.getMessage(), e);
    }
  }

  /** Whether Spark does not know what is declared. */
  private static boolean isUnknown(Type field) {
    LogicalTypeAnnotation declared = field.getLogicalTypeAnnotation();
    return field.isPrimitive()
        && (declared instanceof UUIDLogicalTypeAnnotation
            || (declared instanceof TimestampLogicalTypeAnnotation time
                && time.getUnit() == TimeUnit.NANOS));
  }

  private static Type stored(PrimitiveType declared) {
    return Types.primitive(declared.getPrimitiveTypeName(), declared.getRepetition())
        .length(declared.getTypeLength())
        .named(declared.getName());
  }
}
