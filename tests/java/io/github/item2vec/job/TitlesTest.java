package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.config.JobConfig.TitlesFile;
import io.github.item2vec.data.BadInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitlesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7|Heat, the film (1995)|01-Jan-1995||url",
        "7\tHeat, the film (1995)\tmore",
        "7::Heat, the film (1995)::Crime|Drama",
        "7,\"Heat, the film (1995)\",Crime|Drama",
        "\"7\";\"Heat, the film (1995)\";\"Crime\"",
        "\"7\",\"Heat, the film (1995)\",\"Crime;\"",
      })
  void everySeparatorIsFound(String line) throws IOException {
    Path file = Files.writeString(directory.resolve("titles"), "x\n\n" + line + "\n");
    Titles titles = Titles.read(new Configuration(), of(file, Optional.empty(), 0, 1));

    assertThat(titles.of("7")).isEqualTo("Heat, the film (1995)");
    assertThat(titles.of("8")).isEmpty();
  }

  @Test
  void columnsAndEncodingMayBeOthers() throws IOException {
    Path file = directory.resolve("titles");
    Files.write(file, "Amélie;x;7\n;y;8\n".getBytes(StandardCharsets.ISO_8859_1));
    Titles titles = Titles.read(new Configuration(), of(file, Optional.of(";"), 2, 0));

    assertThat(titles.of("7")).isEqualTo("Amélie");
    assertThat(titles.of("8")).isEmpty();
  }

  private static Optional<TitlesFile> of(Path file, Optional<String> separator, int id, int title) {
    return Optional.of(new TitlesFile(file.toString(), separator, id, title, -1, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7|Heat|Crime",
        "7::Heat::Crime|Drama",
        "7,Heat,\"Crime|Drama\"",
        "7\tHeat\t Crime |Drama\tmore"
      })
  void theGroupIsTheFirstOfItsColumn(String line) throws IOException {
    Titles titles = grouped(line + "\n8|Ran\n", 2, List.of());

    assertThat(titles.grouped()).isTrue();
    assertThat(titles.group("7")).isEqualTo("Crime");
    assertThat(titles.group("8")).isEmpty();
    assertThat(titles.of("8")).isEqualTo("Ran");
    assertThat(titles.group("9")).isEmpty();
  }

  @Test
  void theGroupIsTheFirstFlagThatIsSet() throws IOException {
    Titles titles =
        grouped(
            "1|A|x|0|1|1\n2|B|x|0|0|1\n3|C|x|0|0|0\n4|D|x|0|1\n5|E\n",
            3,
            List.of("unknown", "Action", "Drama"));

    assertThat(List.of("1", "2", "3", "4", "5", "6"))
        .extracting(titles::group)
        .containsExactly("Action", "Drama", "", "Action", "", "");
  }

  @Test
  void withoutAColumnThereIsNoGroup() throws IOException {
    Titles titles = grouped("1|A|Drama\n", -1, List.of());

    assertThat(titles.grouped()).isFalse();
    assertThat(titles.group("1")).isEmpty();
  }

  private Titles grouped(String text, int column, List<String> flags) throws IOException {
    Path file = Files.writeString(directory.resolve("grouped"), text);
    return Titles.read(
        new Configuration(),
        Optional.of(new TitlesFile(file.toString(), Optional.empty(), 0, 1, column, flags)));
  }

  @Test
  void titlesAreCutAsRatingsAre() throws IOException {
    String text =
        "\uFEFF#1,Number one\n"
            + "2,\"The \\\"Best\\\", \"\"of\"\"\",x\n"
            + "3,"
            + "Long ".repeat(2000)
            + "\n4,Wide"
            + ",x".repeat(1000)
            + "\n5,\"two\nlines\",x\n6,\"open\n7,Seven\n";
    Path file = directory.resolve("titles.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Titles titles = Titles.read(new Configuration(), of(file, Optional.empty(), 0, 1));
    assertThat(titles.of("#1")).isEqualTo("Number one");
    assertThat(titles.of("2")).isEqualTo("The \"Best\", \"of\"");
    assertThat(titles.of("3")).hasSize(10_000);
    assertThat(titles.of("4")).isEqualTo("Wide");
    assertThat(titles.of("5")).isEqualTo("two lines");
    assertThat(titles.of("7")).isEqualTo("Seven");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(
            () ->
                Titles.read(
                    new Configuration(), of(directory.resolve("nothing"), Optional.empty(), 0, 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input.titles")
        .hasMessageContaining("nothing");
  }
}
