package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

/** What is told before any work, or by the first write. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusalsTest extends RedisFixture {
  @Test
  void aWrongPasswordIsToldFromNone() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact("--requirepass", "s3cret")) {
      RedisTarget target = server.target();
      assertThat(refusal(target.withPassword("wr0ng"), ""))
          .hasMessageContaining("WRONGPASS")
          .hasMessageContaining(":***@")
          .hasMessageNotContaining("wr0ng");
      assertThat(refusal(target, "")).hasMessageContaining("NOAUTH");
      assertThat(refusal(target.withUser("ann"), "")).hasMessageContaining("no password");
      assertThat(refusal(target.withUser("ann").withPassword("s3cret"), ""))
          .hasMessageContaining("WRONGPASS");
      RedisServerCheck.require(target.withPassword("s3cret"));
      assertThat(keys(target.withPassword("s3cret"))).isZero();
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      assertThat(refusal(server.target().withDb(99), "")).hasMessageContaining("database");
    }
  }

  @Test
  void anAbsentServerIsNoticedSoon() {
    RedisTarget gone;
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      gone = server.target();
    }
    long start = System.nanoTime();
    assertThat(refusal(gone, "")).hasMessageContaining("refused").hasMessageContaining("" + gone);
    assertThat(refusal(RedisTarget.of("no-such-host.invalid", 6379), ""))
        .hasMessageContaining("unknown host");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aPlainServerDoesNotAnswerTls() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      assertThat(refusal(server.target().withTls(true).withTimeout(500), ""))
          .hasMessageContaining("rediss://");
    }
  }

  @Test
  void aServerThatDropsKeysIsRefused() {
    try (EmbeddedRedis server =
        EmbeddedRedis.startFromArtifact(
            "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
      assertThat(refusal(server.target(), "")).hasMessageContaining("noeviction");
      call(server.target(), Command.CONFIG, "SET", "maxmemory", "0");
      RedisServerCheck.require(server.target());
    }
  }

  @Test
  void aReplicaIsRefused() throws Exception {
    try (EmbeddedRedis master = EmbeddedRedis.startFromArtifact();
        EmbeddedRedis replica =
            EmbeddedRedis.startFromArtifact("--replicaof", "127.0.0.1 " + master.target().port())) {
      assertThat(refusal(replica.target(), "")).hasMessageContaining("replica");
      assertThatThrownBy(() -> writeWithoutCheck(replica.target()))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @Test
  void aUserWithoutTheKeysIsToldWhatIsMissing() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      call(server.target(), Command.ACL, "SETUSER", "ann", "on", ">pw", "~other:*", "+@all");
      RedisTarget ann = server.target().withUser("ann").withPassword("pw");
      RedisServerCheck.require(ann, "other:");
      assertThat(refusal(ann, "recs:")).hasMessageContaining("NOPERM").hasMessageContaining("~");
      assertThatThrownBy(() -> writeWithoutCheck(ann))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("NOPERM");
      assertThat(keys(server.target())).isZero();
    }
  }

  @Test
  void theAdvisedRightsAreEnough() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      call(
          server.target(),
          Command.ACL,
          "SETUSER bob on >pw ~recs:* -@all +@read +@write +@transaction +info".split(" ", -1));
      RedisTarget bob = server.target().withUser("bob").withPassword("pw");
      writer(bob, ValueLayout.LIST_TEXT, lists(2, 0, 3)).option("ttl", 60).save();
      assertThat(new PublishedGenerations(bob, "recs:").list(ValueLayout.LIST_TEXT, user(1)))
          .hasSize(3);
    }
  }
}
