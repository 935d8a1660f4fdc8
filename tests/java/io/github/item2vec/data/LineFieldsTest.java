package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.data.RatingsSource.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The short way says what the long way says, or nothing. */
final class LineFieldsTest {
  private static final InputFile FILE = new InputFile("file:/r", 3, 1 << 20, false, null);
  private static final RowCheck CHECK = new RowCheck(0, 5, Times.SECONDS);
  private static final String[] PARTS = {
    "7",
    "42",
    "4.5",
    "0",
    "5.0",
    "6",
    "1e3",
    "-1",
    "+1",
    ".5",
    "5.",
    "1.2.3",
    "NaN",
    "",
    " ",
    "a",
    "é",
    "\\N",
    "null",
    "NULL",
    "nul",
    "N",
    "\"",
    "\"a,b\"",
    "::",
    ":",
    ",",
    "\t",
    "\u0000",
    "\r",
    "#x",
    "1234567890123456",
    "123456789012345",
    "0.000000000000001",
    "881250949",
    "0x1",
    "1f",
    " 3",
    "3 ",
    "u ",
    "nan",
    "NaT",
    "None",
    "<NA>",
    "1341100800000"
  };

  @Test
  void bothWaysFindTheSameRows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int plain = 0;
    for (String delimiter : List.of("\t", ",", ";", "|", " ", "::")) {
      boolean quoted = delimiter.equals(",") || delimiter.equals(";");
      for (int round = 0; round < 40_000; round++) {
        ColumnPositions columns =
            new ColumnPositions(
                0,
                1,
                round % 8 == 1 ? ColumnPositions.ABSENT : 2,
                round % 4 == 0 ? ColumnPositions.ABSENT : 3 + random.nextInt(2));
        TextLayout layout = new TextLayout(delimiter, quoted, columns, 0);
        String line = line(random, delimiter, round % 2 == 0);
        List<Row> expected = longWay(layout, line);
        List<Row> found = shortWay(layout, line);
        if (!found.isEmpty()) {
          plain++;
          assertSame(found, expected, "seed %d, %s '%s'".formatted(seed, delimiter, line));
        }
      }
    }
    assertThat(plain).as("seed %d", seed).isGreaterThan(10_000);
  }

  private static String line(Random random, String delimiter, boolean good) {
    List<String> fields = new ArrayList<>();
    int width = good ? 5 : random.nextInt(7);
    for (int field = 0; field < width; field++) {
      fields.add(
          good && random.nextInt(20) > 0
              ? String.valueOf(random.nextInt(50) / (field == 2 ? 10.0 : 1))
              : PARTS[random.nextInt(PARTS.length)]);
    }
    return String.join(delimiter, fields);
  }

  private static List<Row> longWay(TextLayout layout, String line) {
    RowPacker packer = new RowPacker(Order.FILE, 4);
    ColumnPositions columns = layout.columns();
    String[] fields = new LineSplitter(layout.separator(), layout.quoted()).split(line);
    if (fields.length >= columns.width()) {
      CHECK.add(columns, fields, FILE, 99, line, packer);
    }
    return records(packer);
  }

  private static List<Row> shortWay(TextLayout layout, String line) {
    RowPacker packer = new RowPacker(Order.FILE, 4);
    byte[] bytes = (line + "x,\t::").getBytes(StandardCharsets.UTF_8); // as a reused buffer has it
    int length = line.getBytes(StandardCharsets.UTF_8).length;
    boolean added = new LineFields(layout, CHECK).addTo(packer, bytes, length, FILE, 99);
    assertThat(packer.records()).isEqualTo(added ? 1 : 0);
    return records(packer);
  }

  private static List<Row> records(RowPacker packer) {
    return IntStream.range(0, packer.records()).mapToObj(packer::record).toList();
  }

  private static void assertSame(List<Row> found, List<Row> expected, String line) {
    assertThat(expected).as(line).hasSize(1);
    assertThat(found.get(0).getString(0)).as(line).isEqualTo(expected.get(0).getString(0));
    assertThat((byte[]) found.get(0).get(1)).as(line).isEqualTo((byte[]) expected.get(0).get(1));
    assertThat(found.get(0).isNullAt(2)).as(line).isTrue();
  }

  @Test
  void numbersOfManyDigitsAreReadAsJavaReadsThem() {
    Random random = new Random(5);
    TextLayout layout = new TextLayout("\t", false, new ColumnPositions(0, 1, 2, 3), 0);
    for (int round = 0; round < 20_000; round++) {
      long digits = Math.floorMod(random.nextLong(), 1_000_000_000_000_000L);
      String text =
          new java.math.BigDecimal(java.math.BigInteger.valueOf(digits), random.nextInt(15))
              .toPlainString();
      String line = "u\ti\t5\t" + text;
      List<Row> found = shortWay(layout, line);
      if (!found.isEmpty()) {
        assertSame(found, longWay(layout, line), line);
      }
    }
  }
}
