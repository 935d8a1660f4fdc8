package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RedisFaultsTest extends RedisFixture {
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
  void aFullServerFailsTheJob() {
    try (EmbeddedRedis server =
        EmbeddedRedis.startFromArtifact("--maxmemory", "6mb", "--maxmemory-policy", "noeviction")) {
      RedisException failure = publishFailure(server.target(), 20_000);
      assertThat(failure)
          .hasMessageContaining("OOM")
          .hasMessageContaining("partition")
          .hasMessageContaining("recs:")
          .hasMessageContaining("maxmemory");
      assertThat(failure.getMessage()).doesNotContain("\n");
      assertThat(new PublishedGenerations(server.target(), "recs:").list())
          .noneMatch(PublishedGenerations.Entry::current);
      // closed connections have given memory back: only a limit below the data surely holds
      call(server.target(), Command.CONFIG, "SET", "maxmemory", "1mb");
      assertThat(refusal(server.target(), "")).hasMessageContaining("OOM");
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
  void keysEvictedMeanwhileAreNotClaimed() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      CompletableFuture<RedisException> publishing =
          CompletableFuture.supplyAsync(() -> publishFailure(server.target(), 15_000));
      awaitKeys(server.target(), 500, publishing);
      call(server.target(), Command.CONFIG, "SET", "maxmemory-policy", "allkeys-lru");
      call(server.target(), Command.CONFIG, "SET", "maxmemory", "3mb");
      assertThat(publishing.get()).hasMessageContaining("evicted");
    }
  }

  @Test
  void aServerKilledMeanwhileFailsTheJob() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      CompletableFuture<RedisException> publishing =
          CompletableFuture.supplyAsync(() -> publishFailure(server.target(), 15_000));
      awaitKeys(server.target(), 500, publishing);
      server.process().destroyForcibly();
      RedisException failure = publishing.get();
      assertThat(failure).hasMessageContaining("partition").hasMessageContaining("127.0.0.1");
      assertThat(failure.getMessage()).containsAnyOf("run again", "refused", "restarted");
    }
  }

  @Test
  void aBrokenBatchIsInDoubt() {
    EmbeddedRedis server = EmbeddedRedis.startFromArtifact();
    try (server;
        RedisSession session = RedisSession.open(server.target())) {
      WriteBatch batch = new WriteBatch(server.target(), ServerFacts.of(session).runId());
      server.close();
      batch.add(probe());
      assertThatThrownBy(batch::flush)
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("refused");
    }
  }

  /**
   * The server is stopped, not killed: it applies the batch after the client has given up on it.
   */
  @Test
  void aBatchThatTimedOutIsSentAgainAndDoublesNothing() throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact();
        RedisSession session = RedisSession.open(server.target());
        WriteBatch batch =
            new WriteBatch(server.target().withTimeout(300), ServerFacts.of(session).runId())) {
      batch.add(probe());
      signal("-STOP", server);
      CompletableFuture<Void> flushing = CompletableFuture.runAsync(batch::flush);
      CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS)
          .execute(() -> signal("-CONT", server));
      flushing.get();
      assertThat(call(server.target(), Command.LLEN, "recs:probe")).isEqualTo(1L);
    }
  }

  @Test
  void readersKeepTheLastGoodGenerationWhenTheServerFills() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(50, 0, 100)).save();
      call(server.target(), Command.CONFIG, "SET", "maxmemory", "6mb");
      assertThat(publishFailure(server.target(), 5_000)).hasMessageContaining("OOM");
      call(server.target(), Command.CONFIG, "SET", "maxmemory", "0");
      PublishedGenerations published = new PublishedGenerations(server.target(), "recs:");
      assertThat(published.verify(ValueLayout.LIST_TEXT)).isEqualTo(50);
      assertThat(published.list(ValueLayout.LIST_TEXT, user(7))).isEqualTo(uuids(items(7, 0, 100)));
      writer(server.target(), ValueLayout.LIST_TEXT, lists(60, 1, 100)).save(); // a re-run finishes
      assertThat(published.verify(ValueLayout.LIST_TEXT)).isEqualTo(60);
    }
  }

  @Test
  void aServerKilledAndStartedAgainOnItsFileKeepsTheLastGoodGeneration(@TempDir Path folder)
      throws Exception {
    try (DurableRedis server = new DurableRedis(folder, 0)) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(50, 0, 100)).save();
      CompletableFuture<RedisException> publishing =
          CompletableFuture.supplyAsync(() -> publishFailure(server.target(), 8_000));
      awaitKeys(server.target(), 300, publishing);
      server.kill();
      server.start();
      assertThat(publishing.get()).hasMessageContaining("run again");
      PublishedGenerations published = new PublishedGenerations(server.target(), "recs:");
      assertThat(published.verify(ValueLayout.LIST_TEXT)).isEqualTo(50);
      assertThat(published.list(ValueLayout.LIST_TEXT, user(7))).isEqualTo(uuids(items(7, 0, 100)));
      writer(server.target(), ValueLayout.LIST_TEXT, lists(60, 1, 100)).save();
      assertThat(published.verify(ValueLayout.LIST_TEXT)).isEqualTo(60);
      assertThat(published.prune(1)).hasSize(1);
      assertThat(keys(server.target())).isEqualTo(60 + 4);
    }
  }

  @Test
  void aFullDiskFailsTheJobAndReadersKeepTheirLists(@TempDir Path folder) throws Exception {
    try (DurableRedis server = new DurableRedis(folder, 2_000)) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(50, 0, 100)).save();
      assertThat(publishFailure(server.target(), 3_000).getMessage())
          .containsAnyOf("MISCONF", "was lost", "refused", "run again");
      if (server.alive()) {
        assertThat(
                new PublishedGenerations(server.target(), "recs:")
                    .list(ValueLayout.LIST_TEXT, user(7)))
            .isEqualTo(uuids(items(7, 0, 100)));
      }
    }
  }

  /** The description as a driver leaves it that dies just after the flip. */
  @Test
  void aRunThatDiedAfterTheFlipIsFinishedByItsRerun() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      PublishedGenerations published = new PublishedGenerations(server.target(), "recs:");
      writer(server.target(), ValueLayout.PACKED, lists(5, 0, 10)).option("run-id", "r").save();
      String id = published.list().get(0).id();
      call(server.target(), Command.HSET, "recs:" + id + ":meta", "state", "writing");
      writer(server.target(), ValueLayout.PACKED, lists(5, 1, 10)).option("run-id", "r").save();
      assertThat(published.list())
          .extracting(PublishedGenerations.Entry::id, PublishedGenerations.Entry::state)
          .containsExactly(tuple(id, "complete"));
      assertThat(published.list(ValueLayout.PACKED, user(3))).isEqualTo(uuids(items(3, 0, 10)));
    }
  }

  @Test
  void aRunThatLostItsLeaseDoesNotFlip() {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact();
        RedisSession session = RedisSession.open(server.target())) {
      GenerationKeys keys = new GenerationKeys("recs:");
      Lease lost = Lease.acquire(server.target(), keys, "first");
      call(server.target(), Command.SET, "recs:lease", "second");
      byte[] pointer = keys.pointer(ValueLayout.PACKED);
      assertThatThrownBy(() -> lost.flip(session, pointer, pointer))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("lease");
      lost.close();
      assertThat(call(server.target(), Command.GET, "recs:lease"))
          .isEqualTo("second".getBytes(StandardCharsets.UTF_8));
      assertThat(keys(server.target())).isEqualTo(1);
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

  private static void signal(String name, EmbeddedRedis server) {
    try {
      new ProcessBuilder("kill", name, Long.toString(server.process().pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyWrite probe() {
    return new ListWrite(
        "recs:probe".getBytes(StandardCharsets.US_ASCII), List.of(UuidForm.TEXT.bytes(user(1))), 0);
  }

  private static void writeWithoutCheck(RedisTarget target) {
    try (RedisSession session = RedisSession.open(target);
        WriteBatch batch = new WriteBatch(target, ServerFacts.of(session).runId())) {
      batch.add(probe());
      batch.flush();
    }
  }

  private static RedisException refusal(RedisTarget target, String prefix) {
    return catchThrowableOfType(
        RedisException.class, () -> RedisServerCheck.require(target, prefix));
  }

  private static RedisException publishFailure(RedisTarget target, int users) {
    return writeFailure(writer(target, ValueLayout.LIST_TEXT, lists(users, 0, 100)));
  }

  private static void awaitKeys(RedisTarget target, long least, CompletableFuture<?> writing) {
    while (!writing.isDone() && keys(target) < least) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
