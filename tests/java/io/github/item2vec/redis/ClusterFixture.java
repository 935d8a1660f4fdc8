package io.github.item2vec.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Protocol.Command;

/** Three real masters without replicas, started once per class and emptied before each test. */
abstract class ClusterFixture extends RedisFixture {
  static ClusterRedis cluster;

  @BeforeAll
  static void start() {
    cluster = ClusterRedis.start(0);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void empty() {
    for (int node = 0; node < ClusterRedis.MASTERS; node++) {
      call(cluster.target(node), Command.FLUSHALL);
    }
  }
}
