package io.github.item2vec.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
  /** The signs that act, as Unicode and ECMA-48 list them; a literal twin of the ranges. */
  private static final String ACTING =
      "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff";

  @Test
  void signsThatActAreShownAndAllOthersStay() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      boolean acts =
          c < 0x20
              || (c >= 0x7f && c < 0xa0)
              || (c >= 0xd800 && c <= 0xdfff)
              || ACTING.indexOf(c) >= 0;
      String sign = Character.toString(c);
      assertThat(Printable.line("a" + sign + "b"))
          .isEqualTo("a" + (acts ? "\\u%04x".formatted(c) : sign) + "b");
    }
  }

  @Test
  void tabsAndLineFeedsStayInTextAndNotInLines() {
    assertThat(Printable.of("a\tb\nc\rd\u001b[2J")).isEqualTo("a\tb\nc\\u000dd\\u001b[2J");
    assertThat(Printable.line("a\tb\nc")).isEqualTo("a\\u0009b\\u000ac");
  }

  @Test
  void nothingThatIsShownActs() {
    String all =
        IntStream.rangeClosed(0, 0x20ff)
            .mapToObj(Character::toString)
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();
    assertThat(Printable.line(all)).isEqualTo(Printable.of(Printable.line(all)));
    assertThat(Printable.of(null)).isEmpty();
  }
}
