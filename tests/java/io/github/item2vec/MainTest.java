package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  /** No session is needed to find out; commands that train nothing are not held up by it. */
  @ParameterizedTest
  @ValueSource(strings = {"run", "evaluate", "tune", "demo", "publish"})
  void aBadParameterIsRefusedAtTheDoor(String command) {
    assertThat(Main.execute(command, "-D", "training.vector-size=0")).isEqualTo(2);
  }

  @Test
  void ofAnOptionGivenTwiceTheLastWins() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    int code;
    try {
      code =
          Main.execute(
              "publish",
              "--redis",
              "none",
              "--redis",
              "redis://a b",
              "-D",
              "recommend.k=0",
              "-D",
              "recommend.k=1.5");
    } finally {
      System.setErr(before);
    }

    assertThat(code).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("recommend.k = 1.5: must be");
  }
}
