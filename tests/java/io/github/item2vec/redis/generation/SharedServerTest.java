package io.github.item2vec.redis.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.PublishFixture;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** A server that others use too. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class SharedServerTest extends PublishFixture {
  private static final int STRANGERS = 30_000;
  private static final GenerationKeys KEYS = new GenerationKeys(PREFIX);

  @BeforeEach
  void fill() {
    call(
        server.target(),
        Command.EVAL,
        "for i=1," + STRANGERS + " do redis.call('SET', 'other:' .. i, i) end",
        "0");
    call(server.target(), Command.CONFIG, "RESETSTAT");
  }

  private static void publish(ValueLayout layout, int version) {
    writer(server.target(), layout, lists(1_000, version, 10))
        .option("prefix", PREFIX)
        .option("keep", 1)
        .save();
  }

  private static long scans() {
    String info =
        new String(
            (byte[]) call(server.target(), Command.INFO, "commandstats"), StandardCharsets.UTF_8);
    return info.lines()
        .filter(line -> line.startsWith("cmdstat_scan:") || line.startsWith("cmdstat_keys:"))
        .mapToLong(line -> Long.parseLong(line.replaceFirst(".*calls=(\\d+),.*", "$1")))
        .sum();
  }

  @ParameterizedTest
  @EnumSource
  void nothingScansTheKeysOfStrangers(ValueLayout layout) {
    for (int version = 0; version < 3; version++) {
      publish(layout, version);
    }
    assertThat(published().verify(layout)).isEqualTo(1_000);
    published().prune(1);
    assertThat(scans()).isZero();
    long lists = layout.buckets() ? 1_000 / 64 + 1 : 1_000;
    assertThat(keys(server.target())).isLessThan(STRANGERS + lists + 20);
  }

  /** As a version without the index left them. */
  private static void forgetTheIndex(String id) {
    try (RedisSession session = RedisSession.open(server.target())) {
      session.call(Command.HDEL, KEYS.meta(id), bytes("index"));
      for (int shard = 0; shard < UserIndex.SHARDS; shard++) {
        session.call(Command.DEL, KEYS.index(id, shard));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAnOlderVersionPublishedIsRolledBackToVerifiedAndRemoved(ValueLayout layout) {
    publish(layout, 0);
    String old = current(layout);
    forgetTheIndex(old);
    assertThat(published().verify(layout)).isEqualTo(1_000);
    writer(server.target(), layout, lists(1_000, 1, 10)).option("prefix", PREFIX).save();
    assertThat(published().rollback(layout)).isEqualTo(old);
    assertThat(read(layout, 7)).isEqualTo(uuids(items(7, 0, 10)));
    publish(layout, 2);
    assertThat((List<?>) call(server.target(), Command.KEYS, "*" + old + ":*")).isEmpty();
    assertThat(keys(server.target())).isGreaterThan(STRANGERS);
  }

  @ParameterizedTest
  @EnumSource
  void verifyMeetsForeignKeysAndSaysWhatIsMissing(ValueLayout layout) {
    publish(layout, 0);
    String id = current(layout);
    call(server.target(), Command.SET, PREFIX + id + ":what", "x");
    call(
        server.target(), Command.SET, PREFIX + id + ":something much longer than any UUID is", "x");
    assertThat(published().verify(layout)).isEqualTo(1_000);
    forgetTheIndex(id);
    assertThat(published().verify(layout)).isEqualTo(1_000);
    call(server.target(), Command.HSET, PREFIX + id + ":meta", "users", "1001");
    assertThatThrownBy(() -> published().verify(layout))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("1000 lists instead of 1001")
        .hasMessageContaining(layout.buckets() ? "other users" : "2 keys that are no lists");
    call(server.target(), Command.DEL, PREFIX + id + ":meta");
    assertThatThrownBy(() -> published().verify(layout))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("publish again");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderSaysWhatIsMissing(ValueLayout layout) {
    publish(layout, 0);
    String id = current(layout);
    if (layout.indices()) {
      call(server.target(), Command.DEL, PREFIX + id + ":items");
      assertUnreadable(layout, id + ":items");
    }
    call(server.target(), Command.DEL, PREFIX + id + ":meta");
    assertUnreadable(layout, id + ":meta");
  }

  private static void assertUnreadable(ValueLayout layout, String key) {
    assertThatThrownBy(() -> read(layout, 7))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining(PREFIX + key)
        .hasMessageContaining("publish again");
  }

  /** The sum of bytes that the index of 16 bytes a user takes, on a real server. */
  @Test
  void theIndexTakesSeventeenBytesAUser() {
    writer(server.target(), ValueLayout.PACKED, lists(20_000, 0, 3))
        .option("prefix", PREFIX)
        .save();
    long bytes = 0;
    try (RedisSession session = RedisSession.open(server.target())) {
      for (int shard = 0; shard < UserIndex.SHARDS; shard++) {
        Object usage =
            session.call(
                Command.MEMORY,
                bytes("USAGE"),
                KEYS.index(current(ValueLayout.PACKED), shard),
                bytes("SAMPLES"),
                bytes("0"));
        bytes += usage == null ? 0 : (long) usage;
      }
    }
    System.out.printf("index: %.2f bytes a user%n", bytes / 20_000.0);
    assertThat(bytes / 20_000.0).isBetween(16.0, 17.5);
  }

  @Test
  void usersAreCountedOnce() {
    DistinctUsers users = new DistinctUsers();
    for (int time = 0; time < 2; time++) {
      for (int user = 0; user < 10_000; user++) {
        assertThat(users.add(user(user))).isEqualTo(time == 0);
      }
      assertThat(users.add(new UUID(0, 0))).isEqualTo(time == 0);
    }
  }

  @Test
  void runIdsWithBlanksAreTakenAsTheyAre() {
    for (String run : List.of("a run", "a", " a  run ")) {
      for (int time = 0; time < 2; time++) {
        writer(server.target(), ValueLayout.PACKED, lists(5, 0, 3))
            .option("prefix", PREFIX)
            .option("keep", 9)
            .option("run-id", run)
            .save();
        assertThat(published().report(ValueLayout.PACKED, run).users()).isEqualTo(5);
      }
    }
    assertThat(published().list())
        .extracting(PublishedGenerations.Entry::run)
        .containsExactly("a run", "a", " a  run ");
    assertThat(published().rollback(List.of(ValueLayout.PACKED), Optional.of("a run")))
        .containsEntry(ValueLayout.PACKED, current(ValueLayout.PACKED));
    for (String run : List.of("", "  ", "a\nb")) {
      assertThatThrownBy(
              () ->
                  writer(server.target(), ValueLayout.PACKED, lists(5, 0, 3))
                      .option("run-id", run)
                      .save())
          .hasMessageContaining("run-id");
    }
  }
}
