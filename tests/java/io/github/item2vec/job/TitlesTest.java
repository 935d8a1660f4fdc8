package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.data.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
      })
  void everySeparatorIsFound(String line) throws IOException {
    Path file = Files.writeString(directory.resolve("titles"), "x\n\n" + line + "\n");
    Titles titles = Titles.read(new Configuration(), Optional.of(file.toString()));

    assertThat(titles.of("7")).isEqualTo("Heat, the film (1995)");
    assertThat(titles.of("8")).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Titles.read(new Configuration(), Optional.of(directory + "/nothing")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("input.titles")
        .hasMessageContaining("nothing");
  }
}
