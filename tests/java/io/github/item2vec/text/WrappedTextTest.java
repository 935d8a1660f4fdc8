package io.github.item2vec.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WrappedTextTest {
  @Test
  void cutsAtBlanksAlone() {
    assertThat(WrappedText.lines("see report.html or out/run.json-x", 12))
        .containsExactly("see", "report.html", "or", "out/run.json-x");
    assertThat(WrappedText.lines("a\n\n  b c", 3)).containsExactly("a", "", "  b", "c");
    assertThat(WrappedText.lines("", 5)).containsExactly("");
  }

  /** No word is lost or cut, and a line that is too long is one word. */
  @Test
  void randomTextsKeepTheirWords() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(12); word >= 0; word--) {
        text.append("x".repeat(1 + random.nextInt(9))).append(' ');
      }
      String words = text.toString().strip();
      int width = 1 + random.nextInt(20);
      var lines = WrappedText.lines(words, width);

      assertThat(String.join(" ", lines)).as("seed %d", seed).isEqualTo(words);
      assertThat(lines)
          .as("seed %d", seed)
          .allMatch(line -> line.length() <= width || line.indexOf(' ') < 0);
      for (int at = 1; at < lines.size(); at++) { // no line could have taken the next word
        String first = lines.get(at).split(" ", 2)[0];
        assertThat(lines.get(at - 1).length() + 1 + first.length())
            .as("seed %d", seed)
            .isGreaterThan(width);
      }
    }
  }
}
