package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.UnifiedJedis;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RecommendationReaderTest extends RedisFixture {
  private static final int USERS = 300;

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
      for (int version = 1; version <= 4; version++) {
        write(server, layout, version);
      }
      long seconds = Math.max(1, Duration.ofNanos(System.nanoTime() - start).toSeconds());
      done.set(true);
      readers.forEach(CompletableFuture::join);
      System.out.printf("%s: %,d reads/s during 4 flips%n", layout, reads.get() / seconds);
      assertThat(reads.get()).isGreaterThan(1000);
      assertThat(reader.read(user(USERS))).isEmpty();
    }
  }

  private static void readUntil(
      AtomicBoolean done, RecommendationReader reader, SplittableRandom random, AtomicLong reads) {
    while (!done.get()) {
      int user = random.nextInt(USERS);
      List<UUID> list = reader.read(user(user));
      assertThat(list).hasSize(100);
      assertThat(
              Set.of(0, 1, 2, 3, 4).stream()
                  .anyMatch(version -> list.equals(uuids(items(user, version, 100)))))
          .as("a whole list of one version")
          .isTrue();
      reads.incrementAndGet();
    }
  }

  private static void write(EmbeddedRedis server, ValueLayout layout, int version) {
    writer(server.target(), layout, lists(USERS, version, 100)).option("keep", 1).save();
  }
}
