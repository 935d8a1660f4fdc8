package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import redis.clients.jedis.Protocol.Command;

/** Clusters that are hurt for good, one a test: run by tests/interop/with_redis_cluster.sh. */
@EnabledIfEnvironmentVariable(named = "ITEM2VEC_REDIS_CLUSTER", matches = "1")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ClusterFaultsTest extends RedisFixture {
  private static final int USERS = 4_000;

  @Test
  void aKilledMastersReplicaTakesOver() throws Exception {
    try (ClusterRedis cluster = ClusterRedis.start(3)) {
      PublishedGenerations published = new PublishedGenerations(cluster.target(0), "recs:");
      publish(cluster, 0).save();
      RedisTarget killed = killDuringPublish(cluster);
      cluster.await(() -> takenOver(cluster, killed));
      assertHolds(published, 0);
      publish(cluster, 1).option("run-id", "second").save(); // takes its lease over
      assertHolds(published, 1);
    }
  }

  @Test
  void aKilledMasterWithoutAReplicaFailsThePublishUntilItIsBack() throws Exception {
    try (ClusterRedis cluster = ClusterRedis.start(0)) {
      publish(cluster, 0).save();
      killDuringPublish(cluster);
      cluster.await(
          () ->
              refusal(cluster.target(0), "recs:").getMessage().contains("slots without a master"));
    }
  }

  @Test
  void aNodeThatJoinedAnotherClusterIsNamed() {
    try (ClusterRedis cluster = ClusterRedis.start(0);
        ClusterRedis other = ClusterRedis.start(0)) {
      call(cluster.target(2), Command.FLUSHALL);
      call(cluster.target(2), Command.CLUSTER, "RESET", "HARD");
      other.meet(cluster.node(2));
      assertThat(refusal(cluster.target(0), "recs:"))
          .hasMessageContaining("another cluster")
          .hasMessageContaining("" + cluster.target(2));
      cluster.await(
          () ->
              refusal(cluster.target(0), "recs:").getMessage().contains("slots without a master"));
    }
  }

  private static RedisTarget killDuringPublish(ClusterRedis cluster) throws Exception {
    long before = keys(cluster.target(1));
    CompletableFuture<RedisException> publishing =
        CompletableFuture.supplyAsync(
            () ->
                writeFailure(
                    publish(cluster, 1)
                        .option("run-id", "second")
                        .option("max-users-per-second", 2_000)));
    while (!publishing.isDone() && keys(cluster.target(1)) < before + 100) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    cluster.node(1).process().destroyForcibly();
    assertThat(publishing.get())
        .hasMessageContaining("" + cluster.target(1))
        .hasMessageNotContaining("\n");
    return cluster.target(1);
  }

  private static boolean takenOver(ClusterRedis cluster, RedisTarget killed) {
    try {
      Masters masters = Masters.read(cluster.target(0));
      return masters.complete()
          && masters.all().stream().noneMatch(master -> master.target().equals(killed));
    } catch (RedisException e) {
      return false;
    }
  }

  private static DataFrameWriter<Row> publish(ClusterRedis cluster, int version) {
    return writer(cluster.target(0), ValueLayout.LIST_BINARY, lists(USERS, version, 20));
  }

  private static void assertHolds(PublishedGenerations published, int version) {
    assertThat(published.verify(ValueLayout.LIST_BINARY)).isEqualTo(USERS);
    assertThat(
            published.differing(
                ValueLayout.LIST_BINARY,
                PublishedGenerations.Kind.USERS,
                IntStream.range(0, USERS)
                    .mapToObj(
                        user ->
                            new PublishedGenerations.Expected(
                                user(user), uuids(items(user, version, 20))))
                    .iterator()))
        .isEmpty();
  }
}
