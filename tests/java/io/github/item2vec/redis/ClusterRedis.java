package io.github.item2vec.redis;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.embedded.TestPorts;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.Protocol.Command;

/** A real cluster: three masters with a third of the slots each, and perhaps replicas of them. */
final class ClusterRedis implements AutoCloseable {
  static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final int NODE_TIMEOUT_MILLIS = 1_000;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final List<EmbeddedRedis> nodes = new ArrayList<>();

  private ClusterRedis() {}

  /** Starts the servers and waits until all agree. */
  static ClusterRedis start(int replicas) {
    ClusterRedis cluster = new ClusterRedis();
    try {
      for (int node = 0; node < MASTERS + replicas; node++) {
        cluster.nodes.add(node());
      }
      for (int node = 1; node < cluster.nodes.size(); node++) {
        cluster.meet(cluster.nodes.get(node));
      }
      for (int node = 0; node < MASTERS; node++) {
        int first = node * SLOTS / MASTERS;
        int last = (node + 1) * SLOTS / MASTERS - 1;
        call(cluster.target(node), Command.CLUSTER, "ADDSLOTSRANGE", "" + first, "" + last);
      }
      cluster.await(cluster::agreed);
      for (int node = MASTERS; node < cluster.nodes.size(); node++) {
        call(cluster.target(node), Command.CLUSTER, "REPLICATE", cluster.id(node % MASTERS));
      }
      cluster.await(() -> cluster.synchronised(replicas));
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** A server that is not yet of a cluster. */
  static EmbeddedRedis node() {
    return EmbeddedRedis.startFromArtifact(
        "--cluster-enabled",
        "yes",
        "--cluster-node-timeout",
        "" + NODE_TIMEOUT_MILLIS,
        "--cluster-port",
        "" + TestPorts.next(),
        "--repl-diskless-sync-delay",
        "0");
  }

  void meet(EmbeddedRedis node) {
    String bus =
        new String((byte[]) call(node.target(), Command.CLUSTER, "NODES"), StandardCharsets.UTF_8);
    call(
        target(0),
        Command.CLUSTER,
        "MEET",
        "127.0.0.1",
        "" + node.target().port(),
        bus.replaceFirst("(?s).*@(\\d+).*", "$1"));
  }

  RedisTarget target(int node) {
    return nodes.get(node).target();
  }

  EmbeddedRedis node(int node) {
    return nodes.get(node);
  }

  String id(int node) {
    return new String((byte[]) call(target(node), Command.CLUSTER, "MYID"), StandardCharsets.UTF_8);
  }

  long keys() {
    return nodes.subList(0, MASTERS).stream()
        .mapToLong(node -> (long) call(node.target(), Command.DBSIZE))
        .sum();
  }

  /** Moves a slot with its keys, as redis-cli's reshard does. */
  void move(int slot, int from, int to) {
    begin(slot, from, to);
    moveKeys(slot, from, to);
    for (int node : List.of(to, from)) {
      call(target(node), Command.CLUSTER, "SETSLOT", "" + slot, "NODE", id(to));
    }
  }

  /** The state in which keys that are not there are asked of the other. */
  void begin(int slot, int from, int to) {
    call(target(to), Command.CLUSTER, "SETSLOT", "" + slot, "IMPORTING", id(from));
    call(target(from), Command.CLUSTER, "SETSLOT", "" + slot, "MIGRATING", id(to));
  }

  private void moveKeys(int slot, int from, int to) {
    try (RedisSession session = RedisSession.open(target(from))) {
      List<?> keys;
      do {
        keys =
            (List<?>)
                session.call(
                    Command.CLUSTER, bytes("GETKEYSINSLOT"), bytes("" + slot), bytes("100"));
        for (Object key : keys) {
          session.call(
              Command.MIGRATE,
              bytes("127.0.0.1"),
              bytes("" + target(to).port()),
              (byte[]) key,
              bytes("0"),
              bytes("5000"));
        }
      } while (!keys.isEmpty());
    }
  }

  void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the cluster does not get there");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Whether each node knows all others and a master of each slot. */
  private boolean agreed() {
    return nodes.stream()
        .map(node -> text(node, "INFO"))
        .allMatch(
            info ->
                info.contains("cluster_state:ok")
                    && info.contains("cluster_known_nodes:" + nodes.size() + "\r"));
  }

  private boolean synchronised(int replicas) {
    return nodes.subList(MASTERS, MASTERS + replicas).stream()
            .map(
                node ->
                    new String(
                        (byte[]) call(node.target(), Command.INFO, "replication"),
                        StandardCharsets.UTF_8))
            .allMatch(info -> info.contains("master_link_status:up"))
        && nodes.stream()
            .allMatch(
                node ->
                    text(node, "NODES").lines().filter(line -> line.contains("slave")).count()
                        == replicas);
  }

  static String text(EmbeddedRedis node, String about) {
    return new String((byte[]) call(node.target(), Command.CLUSTER, about), StandardCharsets.UTF_8);
  }

  private static Object call(RedisTarget target, Command command, String... arguments) {
    return RedisFixture.call(target, command, arguments);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    nodes.forEach(EmbeddedRedis::close);
  }
}
