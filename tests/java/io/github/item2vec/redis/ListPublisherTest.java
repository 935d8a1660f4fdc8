package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

final class ListPublisherTest extends RedisFixture {
  private static final String PREFIX = "rec s:ü:";

  private static EmbeddedRedis server;

  @BeforeAll
  static void start() {
    server = EmbeddedRedis.startFromArtifact();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    call(server.target(), Command.FLUSHALL);
  }

  @Test
  void storedBytesAreTheNotebooks() {
    UUID user = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    Map<String, UUID> ids =
        Map.of("a", UUID.fromString("41424344-4546-4748-494a-4b4c4d4e4f50")); // ABC...P
    Map<ValueLayout, String> member =
        Map.of(
            ValueLayout.LIST_TEXT, "41424344-4546-4748-494a-4b4c4d4e4f50",
            ValueLayout.LIST_BINARY, "ABCDEFGHIJKLMNOP");
    for (ValueLayout layout : ValueLayout.values()) {
      new ListPublisher(server.target(), layout, PREFIX, 0)
          .publish(lists(List.of(row(user, List.of("a")))), ids);
      try (RedisSession session = RedisSession.open(server.target())) {
        byte[] key = layout.key(PREFIX, user);
        List<?> stored = (List<?>) session.call(Command.LRANGE, key, bytes("0"), bytes("-1"));
        assertThat(stored).hasSize(1);
        assertThat((byte[]) stored.get(0)).asString().isEqualTo(member.get(layout));
        assertThat(session.call(Command.PTTL, key)).isEqualTo(-1L);
      }
    }
    assertThat(keys(server.target())).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aRerunReplaces(ValueLayout layout) {
    ListPublisher publisher = new ListPublisher(server.target(), layout, PREFIX, 0);
    PublishReport first = publisher.publish(lists(1200, 0, 100), itemIds());
    assertThat(first.users()).isEqualTo(1200);
    assertThat(first.items()).isEqualTo(120_000);
    assertThat(first.commands()).isEqualTo(4 * 1200);
    assertThat(first.bytesDelta()).isGreaterThan(1200 * 100 * 16);
    for (int version = 0; version < 2; version++) {
      publisher.publish(lists(1200, version, 100), itemIds());
      assertThat(keys(server.target())).isEqualTo(1200);
      assertStored(layout, 1200, version);
    }
  }

  @Test
  void attemptsAtTheSameTimeLeaveExactLists() {
    ListPublisher publisher =
        new ListPublisher(server.target(), ValueLayout.LIST_BINARY, PREFIX, 0);
    List<CompletableFuture<PublishReport>> attempts =
        List.of(
            CompletableFuture.supplyAsync(() -> publisher.publish(lists(2000, 0, 100), itemIds())),
            CompletableFuture.supplyAsync(() -> publisher.publish(lists(2000, 0, 100), itemIds())));
    attempts.forEach(CompletableFuture::join);
    assertThat(keys(server.target())).isEqualTo(2000);
    assertStored(ValueLayout.LIST_BINARY, 2000, 0);
  }

  @Test
  void anEmptyListRemovesTheKey() {
    ListPublisher publisher = new ListPublisher(server.target(), ValueLayout.LIST_TEXT, PREFIX, 60);
    publisher.publish(lists(3, 0, 100), itemIds());
    PublishReport report =
        publisher.publish(lists(List.of(row(user(0), List.of()), row(user(1), null))), itemIds());
    assertThat(report.users()).isEqualTo(2);
    assertThat(report.items()).isZero();
    assertThat(report.commands()).isEqualTo(2);
    assertThat(keys(server.target())).isEqualTo(1);
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEmpty();
    assertThat(read(ValueLayout.LIST_TEXT, 2)).hasSize(100);
  }

  @Test
  void listsExpireAtOneDeadline() {
    ListPublisher publisher =
        new ListPublisher(server.target(), ValueLayout.LIST_TEXT, PREFIX, 1000);
    assertThat(publisher.publish(lists(5, 0, 10), itemIds()).commands()).isEqualTo(5 * 5);
    List<Object> deadlines =
        List.of(0, 1, 2, 3, 4).stream()
            .map(user -> call(server.target(), Command.PEXPIRETIME, PREFIX + user(user)))
            .distinct()
            .toList();
    assertThat(deadlines).hasSize(1);
    assertThat((long) call(server.target(), Command.PTTL, PREFIX + user(0)))
        .isBetween(900_000L, 1_000_000L);
    new ListPublisher(server.target(), ValueLayout.LIST_TEXT, PREFIX, 0)
        .publish(lists(5, 0, 10), itemIds());
    assertThat(call(server.target(), Command.PTTL, PREFIX + user(0))).isEqualTo(-1L);
  }

  @Test
  void aValueOfAnotherTypeIsReplaced() {
    call(server.target(), Command.SET, PREFIX + user(0), "in the way");
    assertThatThrownBy(() -> read(ValueLayout.LIST_TEXT, 0))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("WRONGTYPE");
    new ListPublisher(server.target(), ValueLayout.LIST_TEXT, PREFIX, 0)
        .publish(lists(1, 0, 100), itemIds());
    assertStored(ValueLayout.LIST_TEXT, 1, 0);
  }

  @Test
  void theDatabaseIsTheTargets() {
    new ListPublisher(server.target().withDb(3), ValueLayout.LIST_TEXT, PREFIX, 0)
        .publish(lists(2, 0, 5), itemIds());
    assertThat(keys(server.target())).isZero();
    assertThat(keys(server.target().withDb(3))).isEqualTo(2);
  }

  @Test
  void aListLargerThanABatchIsStored() {
    List<String> items = items(0, 0, 100_000);
    new ListPublisher(server.target(), ValueLayout.LIST_TEXT, PREFIX, 0)
        .publish(lists(List.of(row(user(0), items), row(user(1), List.of("1")))), itemIds());
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(items));
  }

  @Test
  void nothingToPublishIsNoError() {
    PublishReport report =
        new ListPublisher(server.target(), ValueLayout.LIST_TEXT, "", 0)
            .publish(lists(List.of()), itemIds());
    assertThat(report.users()).isZero();
    assertThat(keys(server.target())).isZero();
  }

  @Test
  void anItemWithoutUuidIsNamed() {
    ListPublisher publisher = new ListPublisher(server.target(), ValueLayout.LIST_TEXT, "", 0);
    assertThatThrownBy(
            () -> publisher.publish(lists(List.of(row(user(0), List.of("x y")))), itemIds()))
        .hasMessageContaining("item 'x y' has no UUID");
  }

  @Test
  void theOtherLayoutIsNotMistakenForAList() {
    UUID user = user(0);
    new ListPublisher(server.target(), ValueLayout.LIST_TEXT, "", 0)
        .publish(lists(1, 0, 3), itemIds());
    assertThat(RecommendationReader.read(server.target(), ValueLayout.LIST_BINARY, "", user))
        .isEmpty();
    call(server.target(), Command.RPUSH, user.toString(), "no uuid");
    assertThatThrownBy(
            () -> RecommendationReader.read(server.target(), ValueLayout.LIST_TEXT, "", user))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("another layout");
  }

  private static List<UUID> read(ValueLayout layout, int user) {
    return RecommendationReader.read(server.target(), layout, PREFIX, user(user));
  }

  private static void assertStored(ValueLayout layout, int users, int version) {
    for (int user = 0; user < users; user++) {
      assertThat(read(layout, user)).isEqualTo(uuids(items(user, version, 100)));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
