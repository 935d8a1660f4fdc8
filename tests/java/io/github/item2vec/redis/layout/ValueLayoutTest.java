package io.github.item2vec.redis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueLayoutTest {
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @Test
  void keysAreThePrefixTheGenerationAndTheUser() {
    GenerationKeys keys = new GenerationKeys("rec: ü:");
    assertThat(keys.user("6924c3f1", UuidForm.TEXT, ID))
        .isEqualTo(
            "rec: ü:6924c3f1:00112233-4455-6677-8899-aabbccddeeff"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(new GenerationKeys("r:").user("g", UuidForm.BINARY, ID)))
        .isEqualTo("723a" + "673a" + "00112233445566778899aabbccddeeff");
    assertThat(new GenerationKeys("a*[b]?:").pattern("g"))
        .asString()
        .isEqualTo("a\\*\\[b\\]\\?:g:*");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "256, 1", "257, 2", "65536, 2", "65537, 3", "16777217, 4"})
  void anIndexHasAsManyBytesAsTheCatalogueNeeds(int catalogue, int bytes) {
    assertThat(ValueLayout.INDEXED.itemBits(catalogue)).isEqualTo(8 * bytes);
    assertThat(ValueLayout.PACKED.itemBits(catalogue)).isEqualTo(128);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> ValueLayout.of("set"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown layout 'set', expected one of: list-text, list-binary, packed, indexed, bucketed");
  }
}
