package io.github.item2vec.redis;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PartitionCommit;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
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
public abstract class PublishFixture extends RedisFixture {
  public static final String PREFIX = "rec *s:ü:";

  private static final java.util.concurrent.atomic.AtomicLong ATTEMPTS =
      new java.util.concurrent.atomic.AtomicLong();

  public static EmbeddedRedis server;

  @BeforeAll
  public static void start() {
    server = EmbeddedRedis.startFromArtifact();
  }

  @AfterAll
  public static void stop() {
    server.close();
  }

  @BeforeEach
  public void empty() {
    call(server.target(), Command.FLUSHALL);
  }

  public static PartitionCommit attempt(WriteSpec spec) {
    return attempt(spec, 500);
  }

  public static PartitionCommit attempt(WriteSpec spec, int users) {
    try (RedisPartitionWriter writer =
        new RedisPartitionWriter(
            spec,
            new RowColumns(0, 2, -1, -1),
            ItemDictionary.growing(),
            0,
            ATTEMPTS.getAndIncrement(),
            new Pace(0))) {
      lists(users, 0, 100)
          .queryExecution()
          .toRdd()
          .toJavaRDD()
          .map(row -> row.copy())
          .collect()
          .forEach(writer::write);
      return writer.commit();
    }
  }

  public static RedisException failure(List<Row> rows) {
    return writeFailure(
        writer(server.target(), ValueLayout.INDEXED, lists(rows)).option("prefix", PREFIX));
  }

  public static void publish(ValueLayout layout, List<Row> rows) {
    writer(server.target(), layout, lists(rows)).option("prefix", PREFIX).save();
  }

  public static PublishedGenerations published() {
    return new PublishedGenerations(server.target(), PREFIX);
  }

  public static List<UUID> read(ValueLayout layout, int user) {
    return published().list(layout, user(user));
  }

  /** The same of many users by one reader. */
  public static List<List<UUID>> read(ValueLayout layout, IntStream users) {
    try (UnifiedJedis client = RedisSession.client(server.target())) {
      RecommendationReader reader = new RecommendationReader(client, PREFIX, layout.toString(), 0);
      return users.mapToObj(user -> reader.read(user(user))).toList();
    }
  }

  public static String current(ValueLayout layout) {
    return new String(
        (byte[]) call(server.target(), Command.GET, PREFIX + layout + ":current"),
        StandardCharsets.UTF_8);
  }

  public static String address() {
    return "127.0.0.1:" + server.target().port();
  }

  public static String hex(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
