package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.generation.TooFewUsersException;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** Three real masters; what needs a failover is in {@link ClusterFaultsTest}. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ClusterPublishTest extends ClusterFixture {
  @ParameterizedTest
  @EnumSource
  void listsLieOnAllMastersAndGoBackAndForth(ValueLayout layout) {
    for (int version = 0; version < 2; version++) {
      RedisServerCheck.require(cluster.target(version), "recs:");
      writer(cluster.target(version), layout, lists(400, version, 20)).option("ttl", 600).save();
      assertHolds(layout, 400, version);
    }
    assertThat(published().list()).extracting(entry -> entry.users()).containsExactly(400L, 400L);
    for (int node = 0; node < ClusterRedis.MASTERS; node++) {
      assertThat(keys(cluster.target(node))).isGreaterThan(layout.buckets() ? 0 : 200);
    }
    published().rollback(layout);
    assertHolds(layout, 400, 0);
    long before = cluster.keys();
    assertThat(published().prune(1)).hasSize(1); // what readers were sent back from
    writer(cluster.target(2), layout, lists(400, 2, 20)).option("keep", 1).save();
    assertHolds(layout, 400, 2);
    assertThat(published().list()).hasSize(1);
    assertThat(cluster.keys()).isLessThan(before);
  }

  /**
   * A hundred slots change their master, and one stays half moved from the beginning to the end.
   */
  @Test
  void slotsMoveDuringTheWrite() throws Exception {
    writer(cluster.target(0), ValueLayout.LIST_TEXT, lists(4_000, 0, 20)).save();
    int halfMoved = 16_000;
    cluster.begin(halfMoved, 2, 0);
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () ->
                writer(cluster.target(0), ValueLayout.LIST_TEXT, lists(4_000, 1, 20))
                    .option("max-users-per-second", 2_500)
                    .save());
    int moved = 0;
    while (moved < 100 && !publishing.isDone()) {
      cluster.move(moved++, 0, 1);
    }
    publishing.get();
    assertThat(moved).isPositive();
    assertHolds(ValueLayout.LIST_TEXT, 4_000, 1);
    cluster.move(halfMoved, 2, 0);
    cluster.move(halfMoved, 0, 2);
    for (int slot = 0; slot < moved; slot++) {
      cluster.move(slot, 1, 0);
    }
    assertHolds(ValueLayout.LIST_TEXT, 4_000, 1);
  }

  @Test
  void aMasterThatIsFullFailsThePublishAndReadersKeepTheirLists() {
    writer(cluster.target(0), ValueLayout.PACKED, lists(50, 0, 20)).save();
    RedisTarget full = cluster.target(1);
    call(full, Command.CONFIG, "SET", "maxmemory", "1mb");
    try {
      assertThat(writeFailure(writer(cluster.target(0), ValueLayout.PACKED, lists(50, 1, 20))))
          .hasMessageContaining("OOM")
          .hasMessageContaining("" + full);
      assertThatThrownBy(() -> RedisServerCheck.requireRoom(cluster.target(0), 1_000))
          .hasMessageContaining("" + full);
    } finally {
      call(full, Command.CONFIG, "SET", "maxmemory", "0");
    }
    assertHolds(ValueLayout.PACKED, 50, 0);
  }

  @ParameterizedTest
  @EnumSource
  void farFewerUsersAreRefusedAndWhatWasWrittenGoes(ValueLayout layout) {
    writer(cluster.target(0), layout, lists(400, 0, 20)).save();
    long before = cluster.keys();
    DataFrameWriter<Row> few = writer(cluster.target(1), layout, lists(199, 1, 20));
    assertThat(writeFailure(TooFewUsersException.class, few))
        .hasMessageContaining("199 users")
        .hasMessageContaining("has 400");
    assertHolds(layout, 400, 0);
    assertThat(cluster.keys()).isEqualTo(before + 1); // removed, where its id is remembered
  }

  @Test
  void aPrefixForOneSlotIsRefused() {
    assertThat(refusal(cluster.target(0), "{r}:")).hasMessageContaining("one slot");
  }

  @Test
  void aNodeWithoutItsClusterIsRefused() {
    try (EmbeddedRedis alone = ClusterRedis.node()) {
      assertThat(refusal(alone.target(), "recs:")).hasMessageContaining("slots without a master");
    }
  }

  private static void assertHolds(ValueLayout layout, int users, int version) {
    assertThat(published().verify(layout)).isEqualTo(users);
    List<PublishedGenerations.Expected> lists =
        java.util.stream.IntStream.range(0, users)
            .mapToObj(
                user ->
                    new PublishedGenerations.Expected(user(user), uuids(items(user, version, 20))))
            .toList();
    assertThat(published().differing(layout, PublishedGenerations.Kind.USERS, lists.iterator()))
        .isEmpty();
  }

  private static PublishedGenerations published() {
    return new PublishedGenerations(cluster.target(1), "recs:");
  }
}
