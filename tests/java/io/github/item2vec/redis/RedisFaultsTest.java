package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.item2vec.redis.embedded.DurableRedis;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.Lease;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.pipeline.WriteRouter;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RedisFaultsTest extends RedisFixture {
  /** Of the runs that are hurt: so long another waits for them. */
  private static final long LEASE_MILLIS = 1_000;

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
    try (server) {
      WriteRouter batch = new WriteRouter(Masters.read(server.target()));
      batch.add(probe());
      batch.flush();
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
        WriteRouter batch = new WriteRouter(Masters.read(server.target().withTimeout(300)))) {
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
      assertThatARerunFinishes(server.target());
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
      assertThatARerunFinishes(server.target());
      assertThat(new PublishedGenerations(server.target(), "recs:").prune(1)).hasSize(1);
      assertThat(keys(server.target())).isEqualTo(60 + 3 + 1 + 5);
    }
  }

  @Test
  void aFullDiskFailsTheJobAndReadersKeepTheirLists(@TempDir Path folder) throws Exception {
    try (DurableRedis server = new DurableRedis(folder, 2_000)) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(50, 0, 100)).save();
      assertThat(publishFailure(server.target(), 3_000).getMessage())
          .containsAnyOf("MISCONF", "was lost", "refused", "run again");
      server.kill(); // it may have ended itself
      server.start();
      assertThatARerunFinishes(server.target());
    }
  }

  @Test
  void aMasterThatBecomesAReplicaMeanwhileFailsTheJob() throws Exception {
    assertThatReadersKeepTheirLists("READONLY", "REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE");
  }

  @Test
  void aUserWhoseRightsEndMeanwhileFailsTheJob() throws Exception {
    assertThatReadersKeepTheirLists(
        "NOPERM",
        "ACL SETUSER default resetkeys %R~* ~other:*",
        "ACL SETUSER default resetkeys ~*");
  }

  private static void assertThatReadersKeepTheirLists(String cause, String hurt, String heal)
      throws Exception {
    try (EmbeddedRedis server = EmbeddedRedis.startFromArtifact()) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(50, 0, 100)).save();
      CompletableFuture<RedisException> publishing =
          CompletableFuture.supplyAsync(() -> publishFailure(server.target(), 15_000));
      awaitKeys(server.target(), 500, publishing);
      call(server.target(), hurt);
      assertThat(publishing.get())
          .hasMessageContaining(cause)
          .hasMessageContaining("partition")
          .hasMessageContaining("recs:");
      assertThat(
              new PublishedGenerations(server.target(), "recs:")
                  .list(ValueLayout.LIST_TEXT, user(7)))
          .isEqualTo(uuids(items(7, 0, 100)));
      call(server.target(), heal);
      assertThatARerunFinishes(server.target());
    }
  }

  /** After 50 lists of version 0 were published and another run was hurt. */
  private static void assertThatARerunFinishes(RedisTarget target) {
    PublishedGenerations published = new PublishedGenerations(target, "recs:");
    assertThat(published.verify(ValueLayout.LIST_TEXT)).isEqualTo(50);
    assertThat(published.list(ValueLayout.LIST_TEXT, user(7))).isEqualTo(uuids(items(7, 0, 100)));
    writer(target, ValueLayout.LIST_TEXT, lists(60, 1, 100)).save();
    assertThat(published.verify(ValueLayout.LIST_TEXT)).isEqualTo(60);
    assertThat(published.list(ValueLayout.LIST_TEXT, user(7))).isEqualTo(uuids(items(7, 1, 100)));
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
        RedisServers servers = RedisServers.open(server.target())) {
      GenerationKeys keys = new GenerationKeys("recs:");
      Lease lost = Lease.acquire(server.target(), keys, "first", Lease.LIFE);
      byte[] token = (byte[]) call(server.target(), Command.GET, "recs:lease");
      call(server.target(), Command.SET, "recs:lease", "second");
      assertFlipsNothing(lost, servers);
      // a mark next to the pointer that a run left which stood still: the lease says who may flip
      servers.call(Command.SET, keys.lease(), token);
      servers.call(Command.SET, keys.owner(ValueLayout.PACKED), keys.lease());
      lost.flip(servers, ValueLayout.PACKED, "0");
      assertThat(servers.call(Command.GET, keys.pointer(ValueLayout.PACKED)))
          .isEqualTo("0".getBytes(StandardCharsets.UTF_8));
      call(server.target(), Command.SET, "recs:lease", "second");
      lost.close();
      assertThat(call(server.target(), Command.GET, "recs:lease"))
          .isEqualTo("second".getBytes(StandardCharsets.UTF_8));
      assertThat(keys(server.target())).isEqualTo(3 + ValueLayout.values().length);
    }
  }

  private static void assertFlipsNothing(Lease lost, RedisServers servers) {
    assertThatThrownBy(() -> lost.flip(servers, ValueLayout.PACKED, "0"))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("lease");
  }

  private static void call(RedisTarget target, String line) {
    String[] words = line.split(" ", -1);
    call(target, Command.valueOf(words[0]), Arrays.copyOfRange(words, 1, words.length));
  }

  private static void signal(String name, EmbeddedRedis server) {
    try {
      new ProcessBuilder("kill", name, Long.toString(server.process().pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RedisException publishFailure(RedisTarget target, int users) {
    return writeFailure(
        writer(target, ValueLayout.LIST_TEXT, lists(users, 0, 100)).option("lease", LEASE_MILLIS));
  }

  private static void awaitKeys(RedisTarget target, long least, CompletableFuture<?> writing) {
    while (!writing.isDone() && keys(target) < least) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
