package io.github.item2vec.redis.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.BreakingProxy;
import io.github.item2vec.redis.BreakingProxy.Fate;
import io.github.item2vec.redis.PublishFixture;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

/**
 * Drivers that stand still between two commands for longer than their lease lives, while another
 * run does something: each test says between which and what.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class StoppedPublishersTest extends PublishFixture {
  private static final GenerationKeys KEYS = new GenerationKeys(PREFIX);
  private static final ValueLayout LAYOUT = ValueLayout.LIST_TEXT;

  private final List<NewGeneration> others = new ArrayList<>();
  private List<PartitionCommit> parts = List.of();

  private static NewGeneration begin(RedisTarget target, String run) {
    return begin(target, run, 1);
  }

  private static NewGeneration begin(RedisTarget target, String run, int keep) {
    RedisOptions options =
        RedisOptions.of(
            spark,
            Map.of(
                "target",
                "127.0.0.1:" + target.port(),
                "prefix",
                PREFIX,
                "run-id",
                run,
                "keep",
                Integer.toString(keep)));
    return NewGeneration.begin(options, Optional.empty()).orElseThrow();
  }

  /** The lease lapses, and another run writes all its lists. */
  private void otherWrites() {
    call(server.target(), Command.DEL, PREFIX + "lease");
    NewGeneration other = begin(server.target(), "other");
    others.add(other);
    parts = List.of(attempt(other.spec()));
  }

  /** Does it once, before the first command that has the words. */
  private static void before(BreakingProxy way, Runnable action, String... words) {
    AtomicBoolean done = new AtomicBoolean();
    way.decide(
        (connection, sent) -> {
          if (List.of(words).stream().allMatch(sent::contains) && done.compareAndSet(false, true)) {
            action.run();
          }
          return Fate.PASS;
        });
  }

  private void assertOtherPublishes() {
    assertThat(others).hasSize(1);
    others.get(0).commit(parts);
    assertThat(current(LAYOUT)).isEqualTo(others.get(0).spec().generation());
    assertThat(published().verify(LAYOUT)).isEqualTo(500);
  }

  @Test
  void afterTheFlipNothingOfTheNextRunIsRemoved() throws Exception {
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      NewGeneration first = begin(way.target(), "first");
      List<PartitionCommit> written = List.of(attempt(first.spec()));
      before(way, this::otherWrites, "HSET", "complete");
      first.commit(written);
    }
    assertOtherPublishes();
  }

  @Test
  void beforeTheOldestAreRemovedNothingOfTheNextRunIs() throws Exception {
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      before(way, this::otherWrites, "SMEMBERS", "generations");
      assertThatThrownBy(() -> begin(way.target(), "first"))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("the lease was taken by another run (other)");
    }
    assertOtherPublishes();
  }

  @Test
  void twoThatBeginAtOnceGetDifferentIds() throws Exception {
    call(server.target(), Command.SET, PREFIX + "last", "f0000000"); // ahead of the clock
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      before(way, this::otherWrites, "SET\r\n", ":last\r\n");
      NewGeneration first = begin(way.target(), "first");
      assertThat(first.spec().generation()).isNotEqualTo(others.get(0).spec().generation());
      assertThatThrownBy(() -> attempt(first.spec())).hasMessageContaining("lease");
      first.abort(); // what it removes is its own
    }
    assertOtherPublishes();
  }

  /** Between taking the lease and saying so next to the pointers, which it does when it goes on. */
  @Test
  void whoHasTheLeaseFlipsThoughALateRunWroteNextToThePointer() {
    NewGeneration first = begin(server.target(), "first");
    List<PartitionCommit> written = List.of(attempt(first.spec()));
    call(
        server.target(),
        Command.SET,
        new String(KEYS.owner(LAYOUT), StandardCharsets.UTF_8),
        "late x");
    first.commit(written);
    assertThat(current(LAYOUT)).isEqualTo(first.spec().generation());
  }

  /** The same, but the other has the lease. */
  @Test
  void whoLostTheLeaseDoesNot() throws Exception {
    try (BreakingProxy way = new BreakingProxy(server.target());
        RedisServers servers = RedisServers.open(way.target())) {
      Lease lease = Lease.acquire(way.target(), KEYS, "first", Lease.LIFE);
      before(way, this::otherWrites, "SET", ":current");
      assertThatThrownBy(() -> lease.flip(servers, LAYOUT, "00000001"))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("the lease was taken by another run (other)");
      lease.close();
    }
    assertOtherPublishes();
  }

  /** What it was compared with was smaller than what readers follow now. */
  @Test
  void whatWasComparedIsWhatTheFlipReplaces() throws Exception {
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      NewGeneration first = begin(way.target(), "first");
      List<PartitionCommit> written = List.of(attempt(first.spec(), 10));
      before(
          way,
          () -> {
            otherWrites();
            others.get(0).commit(parts);
          },
          "HSET",
          "users"); // nothing was published when it looked
      assertThatThrownBy(() -> first.commit(written))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("run other has published");
      first.abort();
    }
    assertThat(current(LAYOUT)).isEqualTo(others.get(0).spec().generation());
    assertThat(published().verify(LAYOUT)).isEqualTo(500);
    assertThat(published().list()).hasSize(1);
  }

  @Test
  void aRollbackWithdrawsNothingThatWasPublishedMeanwhile() throws Exception {
    for (String run : List.of("good", "better")) {
      NewGeneration published = begin(server.target(), run, 2);
      published.commit(List.of(attempt(published.spec())));
    }
    AtomicInteger lists = new AtomicInteger();
    try (BreakingProxy way = new BreakingProxy(server.target())) {
      way.decide(
          (connection, sent) -> {
            // the first is that of the choice, the second that of what is newer
            if (sent.contains("SMEMBERS") && lists.incrementAndGet() == 2) {
              otherWrites();
              others.get(0).commit(parts);
            }
            return Fate.PASS;
          });
      assertThatThrownBy(() -> new PublishedGenerations(way.target(), PREFIX).rollback(LAYOUT))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("lease");
    }
    assertThat(current(LAYOUT)).isEqualTo(others.get(0).spec().generation());
    assertThat(published().list())
        .filteredOn(PublishedGenerations.Entry::current)
        .extracting(PublishedGenerations.Entry::state)
        .containsExactly("complete");
  }
}
