package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.embedded.ServerBinary;
import io.github.item2vec.redis.embedded.TestPorts;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.Sentinels;
import io.github.item2vec.redis.server.ServerFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** A real sentinel, its master and a replica of that. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SentinelsTest extends RedisFixture {
  @TempDir Path folder;

  @Test
  void aPublishGoesToTheMasterOfTheMoment() throws IOException {
    try (EmbeddedRedis master = EmbeddedRedis.startFromArtifact("--repl-diskless-sync-delay", "0");
        EmbeddedRedis replica =
            EmbeddedRedis.startFromArtifact("--replicaof", "127.0.0.1 " + port(master));
        Watcher sentinel = new Watcher(folder, port(master))) {
      String url = "redis-sentinel://127.0.0.1:1,127.0.0.1:%d#music".formatted(sentinel.port);
      assertThat(RedisTarget.find(url, target -> target)).isEqualTo(master.target());
      writer(master.target(), ValueLayout.INDEXED, lists(20, 0, 10)).option("target", url).save();

      await(() -> keys(replica.target()) == keys(master.target()));
      failover(sentinel);
      await(() -> RedisTarget.find(url, target -> target).equals(replica.target()));
      await(() -> master(replica.target()));
      writer(master.target(), ValueLayout.INDEXED, lists(20, 1, 10)).option("target", url).save();
      assertThat(new PublishedGenerations(replica.target(), "recs:").list()).hasSize(2);

      assertThatThrownBy(() -> RedisTarget.find(url.replace("music", "films"), target -> target))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("no sentinel names the master 'films'")
          .hasMessageContaining("refused")
          .hasMessageContaining("watches no 'films'");
    }
  }

  @Test
  void theUrlSaysWhoIsAskedAndHowToLogIn() {
    Sentinels sentinels =
        Sentinels.parse("rediss-sentinel://ann:p%40ss@a,[::1]:7,[::2]/3#music").orElseThrow();
    assertThat(sentinels.name()).isEqualTo("music");
    assertThat(sentinels.watchers())
        .extracting(RedisTarget::toString)
        .containsExactly("rediss://a:26379", "rediss://[::1]:7", "rediss://[::2]:26379");
    assertThat(sentinels.master().user()).isEqualTo("ann");
    assertThat(sentinels.master().password()).isEqualTo("p@ss");
    assertThat(sentinels.master().db()).isEqualTo(3);
    assertThat(sentinels.master().tls()).isTrue();
    assertThat(Sentinels.parse("redis://a")).isEmpty();
    assertThatThrownBy(() -> Sentinels.parse("redis-sentinel://ann:secret@a:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("#NAME")
        .hasMessageNotContaining("secret");
  }

  /** Until the sentinel knows the replica it refuses. */
  private static void failover(Watcher sentinel) {
    await(
        () -> {
          try (RedisSession session = RedisSession.open(sentinel.target())) {
            session.call(Command.SENTINEL, utf8("FAILOVER"), utf8("music"));
            return true;
          } catch (RedisException e) {
            return false;
          }
        });
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) { // the test has a time limit
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean master(RedisTarget server) {
    try (RedisSession session = RedisSession.open(server)) {
      return ServerFacts.of(session).master();
    }
  }

  private static int port(EmbeddedRedis server) {
    return server.target().port();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A sentinel of its own process, which answers. */
  private static final class Watcher implements AutoCloseable {
    private final int port = TestPorts.next();
    private final Process process;

    Watcher(Path folder, int master) throws IOException {
      Path settings =
          Files.writeString(
              folder.resolve("sentinel.conf"),
              """
              port %d
              bind 127.0.0.1
              dir %s
              sentinel monitor music 127.0.0.1 %d 1
              sentinel down-after-milliseconds music 1000
              sentinel failover-timeout music 5000
              """
                  .formatted(port, folder, master));
      process =
          new ProcessBuilder(
                  ServerBinary.fromArtifact(folder).orElseThrow().toString(),
                  settings.toString(),
                  "--sentinel")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("sentinel.log").toFile())
              .start();
      await(this::answers);
    }

    RedisTarget target() {
      return RedisTarget.of("127.0.0.1", port);
    }

    private boolean answers() {
      try (RedisSession session = RedisSession.open(target())) {
        session.call(Command.PING);
        return true;
      } catch (RedisException e) {
        return false;
      }
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
