package io.github.item2vec.train.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.ScoredItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files that gensim 4.4.0 wrote: tests/resources/gensim. */
class Word2VecFormatTest extends SparkTest {
  private static final Path GOLDEN = Path.of("tests/resources/gensim");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"skip-gram", "cbow"})
  void textAndBinaryOfGensimAreTheSameModel(String architecture) throws IOException {
    Item2VecModel text = goldenText(architecture).read();
    Item2VecModel binary = goldenBinary(architecture).read();

    assertThat(text.items()).hasSize(24).contains("ítem·5·物").isEqualTo(binary.items());
    assertThat(text.counts())
        .isEqualTo(binary.counts())
        .isSortedAccordingTo((x, y) -> (int) (y - x));
    assertThat(text.vectorSize()).isEqualTo(8);
    assertThat(text.inputVectors()).isEqualTo(binary.inputVectors());
    assertThat(text.outputVectors()).isEqualTo(binary.outputVectors());
    assertThat(text.inputVectors()).isNotEqualTo(text.outputVectors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip-gram", "cbow"})
  void writesTheBytesThatGensimWrites(String architecture) throws IOException {
    Item2VecModel model = goldenText(architecture).read();
    files(Word2VecFormat.text(at("input.txt")), "txt").write(model);
    files(Word2VecFormat.binary(at("input.bin")), "bin").write(model);

    for (String file :
        List.of("input.txt", "output.txt", "input.bin", "output.bin", "counts.txt")) {
      assertThat(directory.resolve(file))
          .hasSameBinaryContentAs(GOLDEN.resolve(architecture).resolve(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip-gram", "cbow"})
  void predictsWhatGensimPredictsFromItsVectors(String architecture) throws IOException {
    Item2VecModel model = goldenBinary(architecture).read();
    List<String[]> predictions = table(architecture, "predictions.tsv");

    assertThat(predictions).hasSize(43);
    for (String[] row : predictions) {
      List<String> context = List.of(row[0].split(" ", -1));
      List<String> expected = row[1].isEmpty() ? List.of() : List.of(row[1].split(" ", -1));
      assertThat(model.predictOutput(context, 10))
          .as(row[0])
          .extracting(ScoredItem::item)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip-gram", "cbow"})
  void findsTheNeighboursThatGensimFinds(String architecture) throws IOException {
    Item2VecModel model = goldenBinary(architecture).read();

    for (String[] row : table(architecture, "similar.tsv")) {
      List<ScoredItem> similar = model.similarItems(row[0], 10);
      assertThat(similar).extracting(ScoredItem::item).containsExactly(row[1].split(" ", -1));
      String[] cosines = row[2].split(" ", -1);
      for (int i = 0; i < cosines.length; i++) {
        assertThat(similar.get(i).score()).isCloseTo(Double.parseDouble(cosines[i]), within(1e-5));
      }
    }
  }

  @Test
  void withoutCountsAndOutputVectorsThereAreGensimsCountsAndZeros() throws IOException {
    Item2VecModel model = Word2VecFormat.text(golden("cbow", "input.txt")).read();

    assertThat(model.counts()).startsWith(24, 23, 22).endsWith(1);
    assertThat(model.outputVectors()).containsOnly(0f);
    assertThat(model.predictOutput(List.of("item-7"), 24))
        .allSatisfy(item -> assertThat(item.score()).isCloseTo(1 / 24.0, within(1e-12)));
    assertThat(model.predictOutput(List.of("item-7"), 5))
        .extracting(ScoredItem::item)
        .isEqualTo(Arrays.stream(model.items()).sorted().limit(5).toList());
  }

  /** word2vec.c ends text rows by a space and binary ones by a line feed. */
  @Test
  void readsWhatTheCProgramWrites() throws IOException {
    Files.writeString(directory.resolve("c.txt"), "2 2\na 1.000000 -2.5 \nb 0.5 0 \n");
    byte[] binary = {
      '2', ' ', '1', '\n', 'a', ' ', 0, 0, (byte) 0x80, 0x3f, '\n', 'b', ' ', 0, 0, 0, 0x40, '\n'
    };
    Files.write(directory.resolve("c.bin"), binary);

    Item2VecModel text = Word2VecFormat.text(at("c.txt")).read();
    Item2VecModel floats = Word2VecFormat.binary(at("c.bin")).read();

    assertThat(text.items()).containsExactly("a", "b");
    assertThat(text.inputVectors()).containsExactly(1f, -2.5f, 0.5f, 0f);
    assertThat(floats.items()).containsExactly("a", "b");
    assertThat(floats.inputVectors()).containsExactly(1f, 2f);
  }

  @Test
  void windowsLineEndsAndAMissingLastOneAreRead() throws IOException {
    Files.writeString(directory.resolve("dos.txt"), "2 1\r\na 1\r\nb 2");
    Files.writeString(directory.resolve("counts.txt"), "b 3\r\na 12\r\nc 1");

    Item2VecModel model = Word2VecFormat.text(at("dos.txt")).counts(at("counts.txt")).read();

    assertThat(model.inputVectors()).containsExactly(1f, 2f);
    assertThat(model.counts()).containsExactly(12, 3);
  }

  /** As gensim does, with a warning; its counts are made up from the header's number. */
  @Test
  void ofAnItemThatComesTwiceTheFirstRowCounts() throws IOException {
    Files.writeString(directory.resolve("v.txt"), "3 2\na 1 2\nb 3 4\na 5 6\n");
    Files.writeString(directory.resolve("o.txt"), "3 2\nb 7 8\na 9 1\nb 5 6\n");

    Item2VecModel model =
        Word2VecFormat.text(directory.resolve("v.txt").toString())
            .output(directory.resolve("o.txt").toString())
            .read();

    assertThat(model.items()).containsExactly("a", "b");
    assertThat(model.inputVectors()).containsExactly(1, 2, 3, 4);
    assertThat(model.outputVectors()).containsExactly(9, 1, 7, 8);
    assertThat(model.counts()).containsExactly(3, 2);
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    Files.writeString(directory.resolve("v.txt"), "\ufeff2 2\na 1 2\nb 3 4\n");
    Files.writeString(directory.resolve("c.txt"), "\ufeffa 9\nb 8\n");

    Item2VecModel model =
        Word2VecFormat.text(directory.resolve("v.txt").toString())
            .counts(directory.resolve("c.txt").toString())
            .read();

    assertThat(model.items()).containsExactly("a", "b");
    assertThat(model.counts()).containsExactly(9, 8);
  }

  /** In GloVe's file of 840 billion tokens. */
  @Test
  void textItemsWithSpacesAreReadWhereThatIsCertain() throws IOException {
    Files.writeString(directory.resolve("v.txt"), "3 2\nnew york 1 2\n. . . 3 4\nb 5 6\n");

    Item2VecModel model = Word2VecFormat.text(directory.resolve("v.txt").toString()).read();

    assertThat(model.items()).containsExactly("new york", ". . .", "b");
    assertThat(model.inputVectors()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  /** More rows than the first piece of memory holds. */
  @Test
  void aPackedFileGrowsAsItIsRead() throws IOException {
    int rows = 40_000;
    StringBuilder text = new StringBuilder("%d 3\n".formatted(rows));
    for (int i = 0; i < rows; i++) {
      text.append("i%d %d 0.5 -%d\n".formatted(i, i, i));
    }
    Path file = directory.resolve("v.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    float[] vectors = Word2VecFormat.text(file.toString()).read().inputVectors();

    assertThat(vectors).hasSize(3 * rows);
    for (int i = 0; i < rows; i++) {
      assertThat(vectors[3 * i]).isEqualTo(i);
      assertThat(vectors[3 * i + 2]).isEqualTo(-i);
    }
  }

  @Test
  void outputVectorsAreMatchedByItemNotByRow() throws IOException {
    Files.writeString(directory.resolve("in.txt"), "2 1\na 1\nb 2\n");
    Files.writeString(directory.resolve("out.txt"), "2 1\nb 20\na 10\n");

    assertThat(Word2VecFormat.text(at("in.txt")).output(at("out.txt")).read().outputVectors())
        .containsExactly(10f, 20f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2"})
  void packsByTheNamesEnd(String end) throws IOException {
    Item2VecModel model = goldenText("cbow").read();
    Word2VecFormat packed = Word2VecFormat.text(at("input.txt." + end));
    packed.write(model);

    assertThat(packed.read().inputVectors()).isEqualTo(model.inputVectors());
    if (end.equals("gz")) {
      try (InputStream in =
          new GZIPInputStream(Files.newInputStream(directory.resolve("input.txt.gz")))) {
        assertThat(in.readAllBytes())
            .isEqualTo(Files.readAllBytes(GOLDEN.resolve("cbow/input.txt")));
      }
    }
  }

  @Test
  void replacesAnEarlierFileAndLeavesNoOther() throws IOException {
    Files.writeString(directory.resolve("input.txt"), "an earlier file");
    goldenText("cbow").read();
    Word2VecFormat.text(at("input.txt")).write(goldenText("cbow").read());

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("input.txt", ".input.txt.crc");
    }
  }

  @Test
  void aModelReadIsAModelToSave() throws IOException {
    Item2VecModel model = goldenText("cbow").read();
    model.save(at("model"));

    assertThat(Item2VecModel.load(at("model")).outputVectors()).isEqualTo(model.outputVectors());
  }

  private Word2VecFormat files(Word2VecFormat format, String suffix) {
    return format.output(at("output." + suffix)).counts(at("counts.txt"));
  }

  private static Word2VecFormat goldenText(String architecture) {
    return Word2VecFormat.text(golden(architecture, "input.txt"))
        .output(golden(architecture, "output.txt"))
        .counts(golden(architecture, "counts.txt"));
  }

  private static Word2VecFormat goldenBinary(String architecture) {
    return Word2VecFormat.binary(golden(architecture, "input.bin"))
        .output(golden(architecture, "output.bin"))
        .counts(golden(architecture, "counts.txt"));
  }

  private static String golden(String architecture, String file) {
    return GOLDEN.resolve(architecture).resolve(file).toString();
  }

  private static List<String[]> table(String architecture, String file) throws IOException {
    return Files.readString(GOLDEN.resolve(architecture).resolve(file), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .toList();
  }

  private String at(String file) {
    return directory.resolve(file).toString();
  }
}
