package io.github.item2vec.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

final class EmbeddedRedisTest {
  @Test
  void theArtifactsServerStartsAndStops() {
    EmbeddedRedis server = EmbeddedRedis.startFromArtifact();
    ProcessHandle process = server.process();
    String folder = answersFrom(server);
    server.close();
    assertThat(process.isAlive()).isFalse();
    assertThat(Path.of(folder)).doesNotExist();
    server.close();
  }

  @Test
  void theInstalledServerStartsAndStops() {
    Optional<Path> program = ServerBinary.onPath(System.getenv("PATH"));
    assumeTrue(program.isPresent(), "no redis-server on the PATH");
    try (EmbeddedRedis server = EmbeddedRedis.startProgram(program.get())) {
      answersFrom(server);
    }
    try (EmbeddedRedis server = EmbeddedRedis.start()) {
      answersFrom(server);
    }
  }

  /** Nobody but the starter gets in, and neither the process list nor a file says how. */
  @Test
  void theLockedServersPasswordIsNowhere() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.startLocked();
        EmbeddedRedis other = EmbeddedRedis.startLocked()) {
      String password = server.target().password();
      assertThat(password).hasSizeGreaterThan(30).isNotEqualTo(other.target().password());
      Path folder = Path.of(answersFrom(server));
      assertThatThrownBy(() -> RedisSession.open(server.target().withPassword("")).close())
          .hasMessageContaining("NOAUTH");

      String line = server.process().info().commandLine().orElseThrow();
      assertThat(line).contains("redis").doesNotContain(password);
      assertThat(Files.readString(Path.of("/proc/" + server.process().pid() + "/environ")))
          .doesNotContain(password);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(password);
        }
      }
      assertThat(server.target().toString()).doesNotContain(password);
    }
  }

  @Test
  void aServerThatDoesNotStartLeavesItsWords() {
    assertThatThrownBy(() -> EmbeddedRedis.startFromArtifact("--no-such-setting", "1"))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("no-such-setting")
        .hasMessageContaining("--redis HOST:PORT");
  }

  @Test
  void aProgramThatDoesNotRunIsNamed(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("redis-server"), "no program");
    assertThat(ServerBinary.onPath(folder.toString())).isEmpty();
    assertThatThrownBy(() -> EmbeddedRedis.startProgram(program))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining(program.toString());
  }

  private static String answersFrom(EmbeddedRedis server) {
    try (RedisSession session = RedisSession.open(server.target())) {
      assertThat((byte[]) session.call(Command.PING)).asString().isEqualTo("PONG");
      Object folder = session.call(Command.CONFIG, ascii("GET"), ascii("dir"));
      return new String((byte[]) ((java.util.List<?>) folder).get(1), StandardCharsets.UTF_8);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
