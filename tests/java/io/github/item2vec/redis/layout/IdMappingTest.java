package io.github.item2vec.redis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: Python's uuid.uuid5. */
final class IdMappingTest {
  private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

  @ParameterizedTest
  @CsvSource({
    "1,           1da57950-cef4-56fa-8b59-21879ca286d3, dcb36bf1-9e53-5210-a5b9-3bb40ea80205",
    "196,         f720aecf-e5cc-5800-a0a6-78030e4bff7e, 2f087e24-3e85-55d7-a243-b49f968077a4",
    "'user 7: ü', 56c62afd-cdb1-5993-b502-0c8e88760eef, 8408bd37-d542-53dc-ad08-1bfd46c77557",
    "'',          a743abc2-f7cc-5f6c-ad6e-20a7c5e914d1, 7373ddaf-5c52-53b0-8787-4ef0b7e7625f",
    "日本,        89eda239-2079-51c4-bd2f-224c69ac72de, 5148428c-d7d5-5bfb-af09-3181b8240ae4",
  })
  void equalsPythonsUuid5(String id, UUID user, UUID item) {
    assertThat(IdMapping.users().uuid(id)).isEqualTo(user);
    assertThat(IdMapping.items().uuid(id)).isEqualTo(item);
  }

  @Test
  void namespacesAreDerivedAsDocumented() {
    assertThat(IdMapping.of(DNS).uuid("www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    IdMapping project = IdMapping.of(IdMapping.of(DNS).uuid("item2vec.github.io"));
    assertThat(project.uuid("users")).isEqualTo(IdMapping.USERS);
    assertThat(project.uuid("items")).isEqualTo(IdMapping.ITEMS);
  }

  @Test
  void aUuidStaysAsItIs() {
    String id = "00112233-4455-6677-8899-aabbccddeeff";
    assertThat(IdMapping.users().uuid(id)).hasToString(id);
    assertThat(IdMapping.users().uuid("1-1-1-1-1").version()).isEqualTo(5);
  }
}
