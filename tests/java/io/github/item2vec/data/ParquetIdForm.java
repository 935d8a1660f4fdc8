package io.github.item2vec.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** How ids are stored in a Parquet column; an id is known by a number from 0 to 9,999. */
enum ParquetIdForm {
  STRING(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), ParquetIdForm::text),
  ENUM(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.enumType(), n -> "0" + n),
  LONG(PrimitiveTypeName.INT64, null, n -> String.valueOf((1L << 60) + n)),
  UNSIGNED_LONG(
      PrimitiveTypeName.INT64,
      LogicalTypeAnnotation.intType(64, false),
      n -> Long.toUnsignedString(-1 - n)),
  INT(PrimitiveTypeName.INT32, null, n -> String.valueOf(-7 * n)),
  SHORT(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true), Long::toString),
  UNSIGNED_INT(
      PrimitiveTypeName.INT32,
      LogicalTypeAnnotation.intType(32, false),
      n -> Integer.toUnsignedString((int) (-1 - n))),
  DOUBLE(PrimitiveTypeName.DOUBLE, null, n -> String.valueOf((1L << 53) - n)),
  FLOAT(PrimitiveTypeName.FLOAT, null, n -> String.valueOf((1 << 24) - n)),
  DECIMAL_INT(
      PrimitiveTypeName.INT32,
      LogicalTypeAnnotation.decimalType(0, 9),
      n -> "" + (900_000_000 + n)),
  DECIMAL_LONG(
      PrimitiveTypeName.INT64,
      LogicalTypeAnnotation.decimalType(0, 18),
      n -> "" + ((1L << 59) | n)),
  DECIMAL_WIDE(
      PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
      LogicalTypeAnnotation.decimalType(0, 38),
      n -> BigInteger.TEN.pow(37).subtract(BigInteger.valueOf(n)).toString()),
  DECIMAL_OF_WHOLE_NUMBERS(
      PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
      LogicalTypeAnnotation.decimalType(10, 38),
      n -> BigInteger.TEN.pow(27).add(BigInteger.valueOf(n)).toString()),
  BYTES(PrimitiveTypeName.BINARY, null, ParquetIdForm::uuid),
  FIXED_BYTES(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, null, ParquetIdForm::uuid),
  LOGICAL_UUID(
      PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
      LogicalTypeAnnotation.uuidType(),
      ParquetIdForm::uuid);

  private static final String[] TEXTS = {
    "é", "007", "7", "a b", "x,y", "\"q\"", "i=1", "a/b", "%41", "NA", "b\\c", "日本", "'", "{1}",
    "1.0"
  };

  private static final int FIXED = 16;

  private final PrimitiveTypeName primitive;

  @SuppressWarnings("ImmutableEnumChecker") // immutable, without the annotation that says so
  private final LogicalTypeAnnotation annotation;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final LongFunction<String> ids;

  ParquetIdForm(
      PrimitiveTypeName primitive, LogicalTypeAnnotation annotation, LongFunction<String> ids) {
    this.primitive = primitive;
    this.annotation = annotation;
    this.ids = ids;
  }

  /** As text, which is what the reader has to make of it. */
  String id(long number) {
    return ids.apply(number);
  }

  private static String text(long number) {
    String text = TEXTS[(int) (number % TEXTS.length)];
    return number < TEXTS.length ? text : text + number;
  }

  private static String uuid(long number) {
    return new UUID((number << 56) | 0xabL, -number).toString();
  }

  Type field(String name) {
    Types.PrimitiveBuilder<?> builder = Types.optional(primitive);
    if (primitive == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      builder.length(FIXED);
    }
    return (Type) builder.as(annotation).named(name);
  }

  /** Writes an id into a row. */
  void add(Group row, String name, String id) {
    switch (primitive) {
      case INT64 -> row.add(name, new BigInteger(id).longValue());
      case INT32 -> row.add(name, (int) Long.parseLong(id));
      case DOUBLE -> row.add(name, Double.parseDouble(id));
      case FLOAT -> row.add(name, Float.parseFloat(id));
      default -> row.add(name, Binary.fromConstantByteArray(bytes(id)));
    }
  }

  private byte[] bytes(String id) {
    return switch (this) {
      case STRING, ENUM -> id.getBytes(StandardCharsets.UTF_8);
      case DECIMAL_WIDE -> fixed(new BigInteger(id));
      case DECIMAL_OF_WHOLE_NUMBERS -> fixed(new BigInteger(id).multiply(BigInteger.TEN.pow(10)));
      default -> {
        UUID uuid = UUID.fromString(id);
        yield ByteBuffer.allocate(FIXED)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
      }
    };
  }

  private static byte[] fixed(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] all = new byte[FIXED];
    System.arraycopy(bytes, 0, all, FIXED - bytes.length, bytes.length);
    return all;
  }
}
