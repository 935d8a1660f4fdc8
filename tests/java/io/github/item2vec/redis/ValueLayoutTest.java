package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ValueLayoutTest {
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @Test
  void textIsTheCanonicalForm() {
    String text = "00112233-4455-6677-8899-aabbccddeeff";
    assertThat(ValueLayout.LIST_TEXT.member(ID)).asString().isEqualTo(text);
    assertThat(ValueLayout.LIST_TEXT.key("rec: ü:", ID))
        .isEqualTo(("rec: ü:" + text).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void binaryIsSixteenBytesBigEndian() {
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(ValueLayout.LIST_BINARY.member(ID)))
        .isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(hex.formatHex(ValueLayout.LIST_BINARY.key("r:", ID)))
        .isEqualTo("723a00112233445566778899aabbccddeeff");
  }

  @ParameterizedTest
  @EnumSource
  void decodesWhatItWrites(ValueLayout layout) {
    assertThat(layout.decode(layout.member(ID))).isEqualTo(ID);
    assertThatThrownBy(() -> layout.decode("1-1-1-1-1".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ValueLayout.of(layout.toString())).isEqualTo(layout);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> ValueLayout.of("set"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown layout 'set', expected one of: list-text, list-binary");
  }
}
