package io.github.item2vec.redis.generation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.ServerFacts;
import org.junit.jupiter.api.Test;

/** Refusals that depend on a moment of a cluster's life. */
final class RedisServerCheckTest {
  private static final RedisTarget TARGET = RedisTarget.of("127.0.0.1", 7001);

  /** The address is any node's, so another address would not help. */
  @Test
  void aNodeThatHasJustBecomeAReplicaIsNotBlamedOnTheAddress() {
    assertThatThrownBy(
            () ->
                RedisServerCheck.require(
                    ServerFacts.of("cluster_enabled:1\r\nrole:slave\r\n"), TARGET))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("127.0.0.1:7001")
        .hasMessageContaining("wait until all nodes agree");
    assertThatThrownBy(() -> RedisServerCheck.require(ServerFacts.of("role:slave\r\n"), TARGET))
        .hasMessageContaining("give the address of the master");
  }
}
