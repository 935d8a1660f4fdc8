package io.github.item2vec.redis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.RedisFixture;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.server.RedisSession;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.UnifiedJedis;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RecommendationReaderTest extends RedisFixture {
  private static final int USERS = 300;

  private static final int VERSIONS = 5;
  private static final List<UUID> USER_IDS =
      IntStream.range(0, USERS).mapToObj(RedisFixture::user).toList();

  /** Of each user the list of each version; a lookup tells a whole list from any other. */
  private static List<Map<List<UUID>, Integer>> expected;

  @BeforeAll
  static void expect() {
    expected =
        IntStream.range(0, USERS)
            .mapToObj(
                user ->
                    IntStream.range(0, VERSIONS)
                        .boxed()
                        .collect(Collectors.toMap(v -> uuids(items(user, v, 100)), v -> v)))
            .toList();
  }

  /** With keep 1 the old generation is removed under the readers' hands. */
  @ParameterizedTest
  @EnumSource(names = {"LIST_BINARY", "INDEXED"})
  void readersSeeWholeListsWhileGenerationsFlip(ValueLayout layout) {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact();
        UnifiedJedis client = RedisSession.client(server.target())) {
      write(server, layout, 0);
      RecommendationReader reader =
          new RecommendationReader(client, "recs:", layout.toString(), 20);
      AtomicBoolean done = new AtomicBoolean();
      AtomicLong reads = new AtomicLong();
      List<CompletableFuture<Void>> readers =
          List.of(1L, 2L, 3L, 4L).stream()
              .map(
                  seed ->
                      CompletableFuture.runAsync(
                          () -> readUntil(done, reader, new SplittableRandom(seed), reads)))
              .toList();
      long start = System.nanoTime();
      for (int version = 1; version < VERSIONS; version++) {
        write(server, layout, version);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      done.set(true);
      readers.forEach(CompletableFuture::join);
      System.out.printf(
          "%s: %,.0f reads/s during %d flips%n", layout, reads.get() / seconds, VERSIONS - 1);
      assertThat(reads.get()).isGreaterThan(1000);
      assertThat(reader.read(user(USERS))).isEmpty();
    }
  }

  @Test
  void aUuidMayBeSpeltInAnyWay() {
    UUID uuid = UUID.fromString("5f82c78e-a54d-52f6-9b95-bb60c6aacca8");
    String digits = uuid.toString().replace("-", "");
    for (String text :
        List.of(
            uuid.toString(), digits, "{" + uuid + "}", "urn:uuid:" + uuid, "{" + digits + "}")) {
      assertThat(RecommendationReader.uuid(text)).isEqualTo(uuid);
      assertThat(RecommendationReader.uuid(text.toUpperCase(Locale.ROOT))).isEqualTo(uuid);
    }
    for (String text :
        List.of(
            "",
            "5",
            "{}",
            "0x" + digits.substring(2),
            digits.replace('5', '_'),
            digits.replace('5', '٥'),
            digits + "0",
            "{" + uuid,
            uuid + "}",
            " " + uuid,
            "1-2-3-4-5",
            uuid.toString().replaceFirst("-", ""))) {
      assertThatThrownBy(() -> RecommendationReader.uuid(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no UUID: '" + text + "'");
    }
  }

  private static void readUntil(
      AtomicBoolean done, RecommendationReader reader, SplittableRandom random, AtomicLong reads) {
    while (!done.get()) {
      int user = random.nextInt(USERS);
      List<UUID> list = reader.read(USER_IDS.get(user));
      if (!expected.get(user).containsKey(list)) {
        throw new AssertionError("no whole list of one version for user " + user + ": " + list);
      }
      reads.incrementAndGet();
    }
  }

  private static void write(EmbeddedRedis server, ValueLayout layout, int version) {
    writer(server.target(), layout, lists(USERS, version, 100)).option("keep", 1).save();
  }
}
