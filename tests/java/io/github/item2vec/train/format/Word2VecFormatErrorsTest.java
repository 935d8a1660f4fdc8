package io.github.item2vec.train.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.files.WholeFile;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Word2VecFormatErrorsTest extends SparkTest {
  @TempDir Path directory;

  /** A comma stands for a line's end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                  | header: '', must be ITEMS DIMENSION, both > 0",
        "a 1 2               | header: 'a 1 2', must be ITEMS DIMENSION",
        "2 x,a 1             | header: '2 x', must be ITEMS DIMENSION",
        "0 2                 | header: '0 2', must be ITEMS DIMENSION, both > 0",
        "2 -1,a 1            | header: '2 -1', must be ITEMS DIMENSION, both > 0",
        "2000000000 9,a 1    | header: 2000000000 items x 9, which 16 bytes cannot hold",
        "2 2,a 1 2           | row 2: the file ends here",
        "2 2,a 1 2,b 1       | row 2: 1 values for 'b'",
        "2 2,a 1 2,b 1 2 3   | row 2: 3 values for 'b'",
        "2 2,a 1 2,b c 3 1 2 | row 2: 4 values for 'b'",
        "2 2,a 1 2,b  1 2    | row 2: 3 values for 'b'",
        "the 0.4 0.2,a 1 2   | header: 'the 0.4 0.2', must be ITEMS DIMENSION, both > 0; it looks like a row: files of GloVe have no header, put the line 'ITEMS 2' in front, ITEMS being the number of rows",
        "1 2000000,a 1 2     | header: 1 items x 2000000, must be at most 1048576 values",
        "2 2,a 1 2,b 1 x     | row 2: value 2 is 'x', no number",
        "2 2,a  1,b 1 2      | row 1: value 1 is '', no number",
        "2 2,a 1 2,b 1 NaN   | row 2: value 2 of 'b' is NaN",
        "2 2,a -Infinity 2,b 1 2 | row 1: value 1 of 'a' is -Infinity",
        "2 2, 1 2,b 1 2      | row 1: no item",
        "1 2,a 1 2,b 1 2     | row 2: more rows than the 1 of the header"
      })
  void damagedTextNamesFileRowAndWhat(String content, String message) throws IOException {
    Files.writeString(directory.resolve("v.txt"), content.replace(',', '\n'));

    assertThatThrownBy(() -> Word2VecFormat.text(at("v.txt")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(at("v.txt") + ", " + message);
  }

  /** A tilde stands for a zero byte. */
  @ParameterizedTest
  @CsvSource({
    "'2 1\na ~~~~b ', row 2: the file ends after 0 of the 4 bytes of 'b'",
    "'2 1\na ~~~~b ~~~', row 2: the file ends after 3 of the 4 bytes of 'b'",
    "'2 1\na ~~~~', row 2: the file ends here",
    "'2 1\na ~~~~new york ~~~~', row 3: more rows than the 2 of the header",
    "'3 1\na ~~~~new york ~~~~b ~~~~', row 3: no item",
    "'1 1\na ~~~~b', row 2: more rows than the 1 of the header",
    "'1 1\n ~~~~', row 1: no item"
  })
  void damagedBinaryNamesFileRowAndWhat(String content, String message) throws IOException {
    Files.writeString(directory.resolve("v.bin"), content.replace('~', '\0'));

    assertThatThrownBy(() -> Word2VecFormat.binary(at("v.bin")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(at("v.bin") + ", " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"glove50.txt", "glove300.txt"})
  void aFileOfGloveIsToldHowToReadIt(String file) throws IOException {
    int dimension = file.equals("glove50.txt") ? 50 : 300;
    Files.writeString(
        directory.resolve(file), ("the" + " 0.418001".repeat(dimension) + "\n").repeat(2));

    assertThatThrownBy(() -> Word2VecFormat.text(at(file)).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(at(file) + ", header: 'the 0.418001")
        .hasMessageContaining("put the line 'ITEMS %d' in front".formatted(dimension))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  /** gensim writes an item with a space all the same, and reads others from its file. */
  @Test
  void binaryItemsWithASpaceAreRefused() throws IOException {
    byte[] bytes = {
      '2',
      ' ',
      '2',
      '\n',
      'n',
      'e',
      'w',
      ' ',
      'y',
      'o',
      'r',
      'k',
      ' ',
      0,
      0,
      (byte) 0x80,
      0x3f,
      0,
      0,
      0,
      0x40,
      'b',
      ' ',
      0,
      0,
      (byte) 0x80,
      0x3f,
      0,
      0,
      0,
      0x40
    };
    Files.write(directory.resolve("v.bin"), bytes);

    assertThatThrownBy(() -> Word2VecFormat.binary(at("v.bin")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "v.bin, row 2: item '?\\u0000\\u0000\\u0000@b' holds control characters");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void bigEndianValuesAreRefused(int columns) throws IOException {
    long seed = System.nanoTime();
    System.out.println("Word2VecFormatErrorsTest big-endian seed " + seed);
    Random random = new Random(seed);
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer bytes = ByteBuffer.allocate(50 * (4 + 4 * columns) + 20).order(order);
      bytes.put("50 %d\n".formatted(columns).getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 50; i++) {
        bytes.put("i%02d ".formatted(i).getBytes(StandardCharsets.US_ASCII));
        for (int d = 0; d < columns; d++) {
          bytes.putFloat(random.nextInt(8) == 0 ? 1 : (float) random.nextGaussian() / 10);
        }
      }
      Files.write(directory.resolve("v.bin"), Arrays.copyOf(bytes.array(), bytes.position()));
      Word2VecFormat format = Word2VecFormat.binary(at("v.bin"));
      if (order == ByteOrder.BIG_ENDIAN) {
        assertThatThrownBy(format::read)
            .as("seed %d", seed)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("the values are big-endian, must be little-endian");
      } else {
        assertThat(format.read().items()).as("seed %d", seed).hasSize(50);
      }
    }
  }

  /** No memory is taken for rows that are not there. */
  @ParameterizedTest
  @ValueSource(strings = {"2147483647 1", "21474836 100", "2147483647 1048576", "1 2147483647"})
  void aPackedFileThatClaimsMoreThanItHasIsRefused(String header) throws IOException {
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("v.bin.gz")))) {
      out.write((header + "\na 1234").getBytes(StandardCharsets.US_ASCII));
    }
    assertThatThrownBy(() -> Word2VecFormat.binary(at("v.bin.gz")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v.bin.gz, ");
    assertThatThrownBy(() -> Word2VecFormat.text(at("v.bin.gz")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v.bin.gz, ");
  }

  @Test
  void textReadAsBinaryAndOtherBytesAreNoModel() throws IOException {
    Files.writeString(directory.resolve("v.bin"), "1 1\n" + "x".repeat(100_000));
    assertThatThrownBy(() -> Word2VecFormat.binary(at("v.bin")).read())
        .hasMessageContaining("v.bin, row 1: longer than 65536 bytes");
    Files.write(directory.resolve("v.txt"), "1 1\nä 2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Word2VecFormat.text(at("v.txt")).read())
        .hasMessageContaining("v.txt, row 1: not UTF-8");
    assertThatThrownBy(() -> Word2VecFormat.text(at("none")).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  /** Of a model of the items a and b in one dimension. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 2,a 1 2,b 1 2 | header: 2 items x 2, where the input vectors are 2 items x 1",
        "1 1,a 1         | header: 1 items x 1, where the input vectors are 2 items x 1",
        "2 1,a 1,c 2     | row 2: item 'c' has no input vector",
        "2 1,a 1,a 2     | row 3: no output vector of item 'b'"
      })
  void outputVectorsMustBeOfTheSameItemsAndDimension(String content, String message)
      throws IOException {
    Files.writeString(directory.resolve("in.txt"), "2 1\na 1\nb 2\n");
    Files.writeString(directory.resolve("out.txt"), content.replace(',', '\n'));

    assertThatThrownBy(() -> Word2VecFormat.text(at("in.txt")).output(at("out.txt")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(at("out.txt") + ", " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1           | : no count of item 'b'",
        "a 1,b         | , row 2: count 'b', must be a whole number >= 0",
        "a 1,7         | , row 2: '7', must be ITEM COUNT",
        "a 1,b -1      | , row 2: count '-1', must be a whole number >= 0",
        "a 1,b 1.5     | , row 2: count '1.5', must be a whole number >= 0",
        "a 1,a 2,b 3   | , row 2: item 'a' is in an earlier row already"
      })
  void countsMustBeWholeAndThere(String content, String message) throws IOException {
    Files.writeString(directory.resolve("in.txt"), "2 1\na 1\nb 2\n");
    Files.writeString(directory.resolve("counts.txt"), content.replace(',', '\n'));

    assertThatThrownBy(() -> Word2VecFormat.text(at("in.txt")).counts(at("counts.txt")).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(at("counts.txt") + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "two\nlines", "tab\there", "escape\u001b"})
  void itemsThatTheFormatCannotHoldAreNamedAndNothingIsWritten(String item) throws IOException {
    assertThatThrownBy(() -> Word2VecFormat.binary(at("v.bin")).write(model(item)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item '%s' cannot be written".formatted(item));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  /** gensim splits vectors at spaces only, counts at any white space. */
  @ParameterizedTest
  @ValueSource(strings = {"tab\there", "no\u00a0break", "next\u0085line", "ideo\u3000graphic"})
  void otherWhiteSpaceIsRefusedOnlyInCounts(String item) throws IOException {
    Word2VecFormat vectors = Word2VecFormat.text(at("v.txt"));
    vectors.write(model(item));
    assertThat(vectors.read().items()).containsExactly(item);

    assertThatThrownBy(() -> vectors.counts(at("counts.txt")).write(model(item)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it holds white space");
  }

  @Test
  void aFailureLeavesTheEarlierFile() throws IOException {
    Files.writeString(directory.resolve("v.txt"), "earlier");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    spark.sparkContext().hadoopConfiguration(),
                    new org.apache.hadoop.fs.Path(at("v.txt")),
                    out -> {
                      out.write('x');
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(directory.resolve("v.txt")).hasContent("earlier");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  private static Item2VecModel model(String item) {
    ItemMatrix vectors = ItemMatrix.zeros(1, 2);
    return new Item2VecModel(
        "model", new Vocabulary(new String[] {item}, new long[] {1}), vectors, vectors);
  }

  private String at(String file) {
    return directory.resolve(file).toString();
  }
}
