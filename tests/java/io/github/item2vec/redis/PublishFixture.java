package io.github.item2vec.redis;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** One server for a class's tests, empty before each. */
abstract class PublishFixture extends RedisFixture {
  static final String PREFIX = "rec *s:ü:";

  static EmbeddedRedis server;

  @BeforeAll
  static void start() {
    server = EmbeddedRedis.startFromArtifact();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() {
    call(server.target(), Command.FLUSHALL);
  }

  static PartitionCommit attempt(WriteSpec spec) {
    try (RedisPartitionWriter writer =
        new RedisPartitionWriter(
            spec, new RowColumns(0, 2, -1), Catalogue.growing(), 0, new Pace(0))) {
      lists(500, 0, 100)
          .queryExecution()
          .toRdd()
          .toJavaRDD()
          .map(row -> row.copy())
          .collect()
          .forEach(writer::write);
      return writer.commit();
    }
  }

  static RedisException failure(List<Row> rows) {
    return writeFailure(
        writer(server.target(), ValueLayout.INDEXED, lists(rows)).option("prefix", PREFIX));
  }

  static void publish(ValueLayout layout, List<Row> rows) {
    writer(server.target(), layout, lists(rows)).option("prefix", PREFIX).save();
  }

  static PublishedGenerations published() {
    return new PublishedGenerations(server.target(), PREFIX);
  }

  static List<UUID> read(ValueLayout layout, int user) {
    return published().list(layout, user(user));
  }

  /** The same of many users by one reader. */
  static List<List<UUID>> read(ValueLayout layout, IntStream users) {
    try (UnifiedJedis client = RedisSession.client(server.target())) {
      RecommendationReader reader = new RecommendationReader(client, PREFIX, layout.toString(), 0);
      return users.mapToObj(user -> reader.read(user(user))).toList();
    }
  }

  static String current(ValueLayout layout) {
    return new String(
        (byte[]) call(server.target(), Command.GET, PREFIX + layout + ":current"),
        StandardCharsets.UTF_8);
  }

  static String address() {
    return "127.0.0.1:" + server.target().port();
  }

  static String hex(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
