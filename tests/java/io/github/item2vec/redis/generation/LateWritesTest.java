package io.github.item2vec.redis.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.BreakingProxy;
import io.github.item2vec.redis.BreakingProxy.Fate;
import io.github.item2vec.redis.PublishFixture;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.pipeline.FenceCheck;
import io.github.item2vec.redis.pipeline.StringWrite;
import io.github.item2vec.redis.pipeline.WriteRouter;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/** Publishers that lose the lease, their connection or the server for a while. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class LateWritesTest extends PublishFixture {
  private static final GenerationKeys KEYS = new GenerationKeys(PREFIX);
  private static final ValueLayout LAYOUT = ValueLayout.LIST_TEXT;

  private static RedisOptions options(String run) {
    return RedisOptions.of(
        spark, Map.of("target", address(), "prefix", PREFIX, "layout", "list-text", "run-id", run));
  }

  private static long keysOf(String id) {
    return ((List<?>) call(server.target(), Command.KEYS, "*" + id + ":*")).size();
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  private static void publishOthers(String run) {
    writer(server.target(), LAYOUT, lists(5, 1, 10))
        .option("prefix", PREFIX)
        .option("run-id", run)
        .save();
  }

  /** A stopped publisher's batch, as the server gets it when the process goes on. */
  private static void writeBehind(String id, ValueLayout layout, int users) {
    try (RedisSession session = RedisSession.open(server.target())) {
      byte[] index = new byte[UuidForm.BYTES * users];
      for (int user = 0; user < users; user++) {
        byte[] uuid = UuidForm.BINARY.bytes(user(user));
        System.arraycopy(uuid, 0, index, UuidForm.BYTES * user, UuidForm.BYTES);
        if (layout.buckets()) {
          session.call(Command.HSET, KEYS.bucket(id, 0), uuid, bytes("x"));
        } else {
          session.call(Command.SET, KEYS.user(id, layout.keyForm(), user(user)), bytes("x"));
        }
      }
      if (!layout.buckets()) {
        session.call(Command.HSET, KEYS.index(id, 5), bytes("77.3"), index);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIntoARemovedGenerationIsFound(ValueLayout layout) {
    for (int version = 0; version < 3; version++) {
      writer(server.target(), layout, lists(20, version, 10))
          .option("prefix", PREFIX)
          .option("keep", 1)
          .save();
    }
    long before = keys(server.target());
    String removed =
        new String(
            (byte[]) ((List<?>) call(server.target(), Command.HKEYS, PREFIX + "removed")).get(0),
            StandardCharsets.US_ASCII);
    writeBehind(removed, layout, 15);
    assertThat(keysOf(removed)).isPositive();
    published().prune(1);
    assertThat(keysOf(removed)).isZero();
    writeBehind(removed, layout, 15); // a tombstone is not used up
    published().prune(1);
    assertThat(keys(server.target())).isEqualTo(before);
    assertThat(published().verify(layout)).isEqualTo(20);
  }

  /**
   * The same chunk comes again in the middle of its removal, before each of the removal's steps.
   */
  @ParameterizedTest
  @ValueSource(strings = {"HSCAN", "HSET", "HDEL", "UNLINK"})
  void whatIsWrittenDuringARemovalIsFound(String step) throws Exception {
    publishOthers("first");
    String removed = current(LAYOUT);
    publishOthers("second");
    published().prune(1);
    long before = keys(server.target());
    writeBehind(removed, LAYOUT, 15);
    AtomicInteger times = new AtomicInteger();
    try (BreakingProxy proxy = new BreakingProxy(server.target())) {
      proxy.decide(
          (connection, sent) -> {
            if (sent.contains(step) && sent.contains(removed) && times.getAndIncrement() < 3) {
              writeBehind(removed, LAYOUT, 15);
            }
            return Fate.PASS;
          });
      new PublishedGenerations(proxy.target(), PREFIX).prune(1);
    }
    assertThat(times.get()).isPositive();
    published().prune(1);
    assertThat(keysOf(removed)).isZero();
    assertThat(keys(server.target())).isEqualTo(before);
  }

  /** The end of a batch names what stands before it, so it is never cut by our own hand. */
  @Test
  void aBatchOnItsWayArrivesWholeWhenTheOneBeforeHasAFault() throws IOException {
    AtomicInteger added = new AtomicInteger();
    try (BreakingProxy slow = new BreakingProxy(server.target())) {
      Masters masters = Masters.read(slow.target());
      slow.decide(
          (connection, sent) -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            return Fate.PASS;
          });
      assertThatThrownBy(
              () -> {
                try (WriteRouter writes = new WriteRouter(masters)) {
                  writes.add(new FenceCheck(bytes("fence"), "mine"));
                  for (int i = 0; i < 10_000; i++) {
                    added.incrementAndGet();
                    writes.add(new StringWrite(bytes("key" + i), new byte[4_000], 0));
                  }
                }
              })
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("the lease was lost");
      assertThat(keys(server.target())).isEqualTo(added.get());
    }
  }

  @Test
  void tasksStopWhenAnotherRunHasTakenTheLease() {
    NewGeneration slow = NewGeneration.begin(options("slow"), Optional.empty()).orElseThrow();
    String id = slow.spec().generation();
    attempt(slow.spec());
    assertThat(keysOf(id)).isGreaterThan(500);

    publishOthers("slow"); // the same run, started again: takes over at once

    assertThatThrownBy(() -> attempt(slow.spec()))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("run slow")
        .hasMessageContaining("lease");
    assertThat(keysOf(id)).isZero();
    assertThatThrownBy(() -> slow.commit(List.of()))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("lease");
    slow.abort();
    assertThat(published().verify(LAYOUT)).isEqualTo(5);
    assertThat(published().list()).hasSize(1);
  }

  /** The whole job: its tasks end, for that reason, long before they would be done. */
  @Test
  void aPublishWhoseLeaseIsTakenEndsAtOnceAndLeavesNothing() throws Exception {
    CompletableFuture<RedisException> slow =
        CompletableFuture.supplyAsync(
            () ->
                writeFailure(
                    writer(server.target(), LAYOUT, lists(30_000, 0, 100))
                        .option("prefix", PREFIX)
                        .option("run-id", "r")
                        .option("max-users-per-second", 600)));
    while (!slow.isDone() && keys(server.target()) < 600) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    long start = System.nanoTime();
    publishOthers("r");
    assertThat(slow.get()).hasMessageContaining("the lease was taken by another run (r)");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    // a task may still write the batch that it was at: a later prune finds that too
    while (keys(server.target()) != 5 + 3 + 1 + 5
        && Duration.ofNanos(System.nanoTime() - start).toSeconds() < 60) {
      published().prune(1);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(keys(server.target())).isEqualTo(5 + 3 + 1 + 5);
    assertThat(published().verify(LAYOUT)).isEqualTo(5);
  }

  @Test
  void aPublishWhoseFlipIsRefusedRemovesWhatItWrote() throws Exception {
    publishOthers("good");
    String good = current(LAYOUT);
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      NewGeneration refused = begunThrough(way, "late");
      List<PartitionCommit> parts = List.of(attempt(refused.spec()));
      way.decide(
          (connection, sent) -> {
            if (sent.contains("WATCH") && sent.contains("owner")) { // taken just now
              call(server.target(), Command.SET, PREFIX + "lease", "other x");
              call(server.target(), Command.SET, text(KEYS.fence()), "other x");
              call(server.target(), Command.SET, text(KEYS.owner(LAYOUT)), "other x");
            }
            return Fate.PASS;
          });
      assertThatThrownBy(() -> refused.commit(parts))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("another run (other)");
      refused.abort();
      assertThat(keysOf(refused.spec().generation())).isZero();
    }
    assertThat(current(LAYOUT)).isEqualTo(good);
    assertThat(published().verify(LAYOUT)).isEqualTo(5);
  }

  @Test
  void aLeaseThatLapsedIsTakenAgainUnlessAnotherRunHadIt() {
    try (RedisServers servers = RedisServers.open(server.target());
        RedisSession session = RedisSession.open(server.target())) {
      Lease lease = Lease.acquire(server.target(), KEYS, "r", Lease.LIFE);
      session.call(Command.DEL, KEYS.lease());
      lease.requireHeld(servers);
      lease.flip(servers, LAYOUT, "00000001");
      assertThat(current(LAYOUT)).isEqualTo("00000001");

      session.call(Command.DEL, KEYS.lease());
      Lease.acquire(server.target(), KEYS, "other run", Lease.LIFE).close();
      assertThatThrownBy(() -> lease.flip(servers, LAYOUT, "00000002"))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("run other run");
      assertThat(current(LAYOUT)).isEqualTo("00000001");
      lease.close();
    }
  }

  /** Longer than the lease lives, with nobody else there. */
  @Test
  void aServerThatStoodStillLosesNothing() throws Exception {
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () ->
                writer(server.target(), LAYOUT, lists(6_000, 0, 10))
                    .option("prefix", PREFIX)
                    .option("lease", 1_000)
                    .option("max-users-per-second", 3_000)
                    .save());
    while (!publishing.isDone() && keys(server.target()) < 600) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    signal("-STOP");
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3_000));
    signal("-CONT");
    publishing.get();
    assertThat(published().verify(LAYOUT)).isEqualTo(6_000);
  }

  private static void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(server.process().pid())).start().waitFor();
  }

  /** What the driver says between the last list and the end, each of it reset once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HSCAN", "EXISTS", "INFO", "HGETALL", "LRANGE", "digest", "WATCH", "UNLINK", "EXEC"
      })
  void aResetOfTheDriversConnectionCostsNothing(String command) throws Exception {
    publishOthers("before");
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      NewGeneration begun = begunThrough(way, "r");
      List<PartitionCommit> parts = List.of(attempt(begun.spec()));
      AtomicInteger resets = new AtomicInteger();
      way.decide(
          (connection, sent) ->
              sent.contains(command) && resets.getAndIncrement() == 0 ? Fate.LOSE : Fate.PASS);
      begun.commit(parts);
      assertThat(resets).hasPositiveValue();
    }
    assertThat(published().verify(LAYOUT)).isEqualTo(500);
    assertThat(current(LAYOUT)).isEqualTo(published().list().get(0).id());
  }

  private static NewGeneration begunThrough(BreakingProxy way, String run) {
    return NewGeneration.begin(
            RedisOptions.of(
                spark,
                Map.of(
                    "target",
                    "127.0.0.1:" + way.target().port(),
                    "prefix",
                    PREFIX,
                    "run-id",
                    run,
                    "keep",
                    "1")),
            Optional.empty())
        .orElseThrow();
  }

  @Test
  void aLostReplyOfTheFlipIsReadBack() throws Exception {
    publishOthers("before");
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      NewGeneration begun = begunThrough(way, "r");
      List<PartitionCommit> parts = List.of(attempt(begun.spec()));
      way.decide(new FlipReplies(1)::fate);
      begun.commit(parts);
    }
    assertThat(published().list()).extracting(e -> e.run() + e.current()).containsExactly("rtrue");
    assertThat(published().verify(LAYOUT)).isEqualTo(500);
  }

  @Test
  void aFlipThatNobodyCanLookAtIsNotClaimedEitherWay() throws Exception {
    publishOthers("before");
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      NewGeneration begun = begunThrough(way, "r");
      List<PartitionCommit> parts = List.of(attempt(begun.spec()));
      way.decide(new FlipReplies(Integer.MAX_VALUE)::fate);
      assertThatThrownBy(() -> begun.commit(parts))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("is unknown")
          .hasMessageContaining("generations");
      way.decide((connection, sent) -> Fate.PASS);
      begun.abort();
    }
    assertThat(published().verify(LAYOUT)).isEqualTo(500); // it had happened: nothing is removed
  }

  /** Loses the reply to the EXEC that follows a SET of the pointer, and all that comes after. */
  private static final class FlipReplies {
    private final int times;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile int flipping = -1;

    FlipReplies(int times) {
      this.times = times;
    }

    Fate fate(int connection, String sent) {
      if (sent.contains("SET") && sent.contains("list-text:current")) {
        flipping = connection;
      }
      boolean flip = connection == flipping && sent.contains("EXEC");
      boolean after = lost.get() > 0;
      return (flip || after) && lost.getAndIncrement() < times ? Fate.LOSE_REPLY : Fate.PASS;
    }
  }
}
