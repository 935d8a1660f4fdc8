package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  /** No command needs a session to find out. */
  @ParameterizedTest
  @ValueSource(
      strings = {"run", "evaluate", "tune", "demo", "publish", "rollback", "generations", "prune"})
  void aBadParameterIsRefusedAtTheDoor(String command) {
    assertThat(Main.execute(command, "-D", "training.vector-size=0")).isEqualTo(2);
  }
}
