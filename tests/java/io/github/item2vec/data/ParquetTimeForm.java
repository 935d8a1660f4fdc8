package io.github.item2vec.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** How times are stored in a Parquet column; a time is known by its seconds since 1970. */
enum ParquetTimeForm {
  SECONDS(PrimitiveTypeName.INT64, null),
  MILLIS(PrimitiveTypeName.INT64, null),
  MICROS(PrimitiveTypeName.INT64, null),
  NANOS(PrimitiveTypeName.INT64, null),
  INT_SECONDS(PrimitiveTypeName.INT32, null),
  DOUBLE_SECONDS(PrimitiveTypeName.DOUBLE, null),
  TEXT(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()),
  TIMESTAMP_MILLIS(
      PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS)),
  TIMESTAMP_MICROS(
      PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS)),
  TIMESTAMP_NANOS(
      PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS)),
  LOCAL_MICROS(
      PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS)),
  LOCAL_NANOS(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(false, TimeUnit.NANOS)),
  INT96(PrimitiveTypeName.INT96, null),
  DATE(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());

  private static final long DAY = 86_400;
  private static final int JULIAN_DAY_OF_1970 = 2_440_588;

  private final PrimitiveTypeName primitive;

  @SuppressWarnings("ImmutableEnumChecker") // immutable, without the annotation that says so
  private final LogicalTypeAnnotation annotation;

  ParquetTimeForm(PrimitiveTypeName primitive, LogicalTypeAnnotation annotation) {
    this.primitive = primitive;
    this.annotation = annotation;
  }

  Type field(String name) {
    return Types.optional(primitive).as(annotation).named(name);
  }

  /** Seconds between two times that must not become one. */
  long step() {
    return this == DATE ? DAY : 600;
  }

  /** Writes a time into a row. */
  void add(Group row, String name, long seconds) {
    switch (this) {
      case SECONDS -> row.add(name, seconds);
      case MILLIS, TIMESTAMP_MILLIS -> row.add(name, seconds * 1_000);
      case MICROS, TIMESTAMP_MICROS, LOCAL_MICROS -> row.add(name, seconds * 1_000_000);
      case NANOS, TIMESTAMP_NANOS, LOCAL_NANOS -> row.add(name, seconds * 1_000_000_000);
      case INT_SECONDS -> row.add(name, (int) seconds);
      case DOUBLE_SECONDS -> row.add(name, (double) seconds);
      case TEXT -> row.add(name, Instant.ofEpochSecond(seconds).toString());
      case DATE -> row.add(name, (int) (seconds / DAY));
      case INT96 ->
          row.add(
              name,
              Binary.fromConstantByteBuffer(
                  ByteBuffer.allocate(12)
                      .order(ByteOrder.LITTLE_ENDIAN)
                      .putLong(seconds % DAY * 1_000_000_000)
                      .putInt((int) (seconds / DAY) + JULIAN_DAY_OF_1970)
                      .flip()));
    }
  }
}
