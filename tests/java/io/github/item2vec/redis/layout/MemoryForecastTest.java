package io.github.item2vec.redis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.item2vec.redis.RedisFixture;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.embedded.ServerBinary;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.server.RedisException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MemoryForecastTest extends RedisFixture {
  private static final int USERS = 4_000;

  /** On the machine's own server, since the artifact's is built with another allocator. */
  @ParameterizedTest
  @EnumSource
  void aServerTakesWhatWasForecast(ValueLayout layout) {
    Optional<Path> program = ServerBinary.onPath(System.getenv("PATH"));
    assumeTrue(program.isPresent(), "no redis-server on the PATH");
    try (EmbeddedRedis server = EmbeddedRedis.startProgram(program.get())) {
      writer(server.target(), layout, lists(USERS, 0, 100).repartition(2))
          .option("run-id", "r")
          .option("ttl", 3600)
          .save();
      long taken = new PublishedGenerations(server.target(), "recs:").report(layout, "r").bytes();
      long forecast = new MemoryForecast(USERS, 100, CATALOGUE, "recs:", true, false).bytes(layout);
      assertThat(taken).isCloseTo(forecast, within(forecast / 20));
      RedisServerCheck.requireRoom(server.target(), forecast);
      assertThatThrownBy(() -> RedisServerCheck.requireRoom(server.target(), 1L << 50))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("no room");
    }
  }
}
