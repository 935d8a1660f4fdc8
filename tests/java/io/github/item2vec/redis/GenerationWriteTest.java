package io.github.item2vec.redis;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.BucketCount;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

final class GenerationWriteTest extends PublishFixture {
  /** The bytes are a contract with every other reader: a change needs a new format number. */
  @ParameterizedTest
  @EnumSource
  void storedBytesAreAsSpecified(ValueLayout layout) {
    UUID user = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    publish(layout, List.of(row(user, List.of("299", "0"))));
    GenerationKeys keys = new GenerationKeys(PREFIX);
    byte[] key =
        layout.buckets()
            ? keys.bucket(current(layout), 0) // the only one
            : keys.user(current(layout), layout.keyForm(), user);
    String first = IdMapping.items().uuid("299").toString();
    String second = IdMapping.items().uuid("0").toString();
    Map<ValueLayout, List<String>> expected =
        Map.of(
            ValueLayout.LIST_TEXT, List.of(hex(first), hex(second)),
            ValueLayout.LIST_BINARY, List.of(first.replace("-", ""), second.replace("-", "")),
            ValueLayout.PACKED, List.of((first + second).replace("-", "")),
            ValueLayout.INDEXED, List.of("0000" + "012b"), // places 0 and 299 in the catalogue
            ValueLayout.BUCKETED, List.of("004ac0")); // the same, nine bits each: 300 items
    try (RedisSession session = RedisSession.open(server.target())) {
      List<?> stored =
          layout.list()
              ? (List<?>) session.call(Command.LRANGE, key, bytes("0"), bytes("-1"))
              : List.of(
                  layout.buckets()
                      ? session.call(Command.HGET, key, UuidForm.BINARY.bytes(user))
                      : session.call(Command.GET, key));
      assertThat(stored.stream().map(value -> HexFormat.of().formatHex((byte[]) value)).toList())
          .isEqualTo(expected.get(layout));
      assertThat(session.call(Command.PTTL, key)).isEqualTo(-1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRerunReplacesWithANewGeneration(ValueLayout layout) {
    int[] some = IntStream.iterate(0, user -> user < 1200, user -> user + 7).toArray();
    for (int version = 0; version < 3; version++) {
      writer(server.target(), layout, lists(1200, version, 100)).option("prefix", PREFIX).save();
      List<List<UUID>> read = read(layout, Arrays.stream(some));
      for (int i = 0; i < some.length; i++) {
        assertThat(read.get(i)).isEqualTo(uuids(items(some[i], version, 100)));
      }
    }
    assertThat(published().list())
        .hasSize(2)
        .allMatch(entry -> entry.state().equals("complete") && entry.users() == 1200)
        .extracting(PublishedGenerations.Entry::current)
        .containsExactly(false, true);
    long dictionaries = layout.indices() ? 2 : 0;
    long keys = layout.buckets() ? BucketCount.count(1200, 0) : 1200;
    long indexes = layout.buckets() ? 0 : 2 * 3; // one a task
    // beside the two descriptions: generations, last, fence, removed, the pointer
    assertThat(keys(server.target())).isEqualTo(2 * keys + 2 + dictionaries + indexes + 5);
    assertThat(published().verify(layout)).isEqualTo(1200);
  }

  /** Spark deals rows out by the hash that names the bucket, so its tasks share no bucket. */
  @Test
  void aBucketIsOneTasksWhenConnectionsAreLimited() {
    int tasks = 4;
    int buckets = BucketCount.count(170_000, tasks);
    assertThat(buckets % tasks).isZero();
    WriteSpec spec =
        new WriteSpec(
            Masters.read(server.target()),
            new GenerationKeys(""),
            ValueLayout.BUCKETED,
            "g",
            "fence",
            9,
            buckets,
            0,
            64,
            0,
            0);
    lists(500, 0, 1)
        .select(col("user"), pmod(hash(col("user")), lit(tasks)))
        .collectAsList()
        .forEach(
            row ->
                assertThat(spec.bucket(UUID.fromString(row.getString(0))) % tasks)
                    .isEqualTo(row.getInt(1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST_TEXT", "BUCKETED"})
  void connectionsAreLimited(ValueLayout layout) {
    long before = connections();
    writer(server.target(), layout, lists(400, 0, 10).repartition(20))
        .option("prefix", PREFIX)
        .option("max-connections", 1)
        .save();
    long limited = connections() - before;
    writer(server.target(), layout, lists(400, 1, 10).repartition(20))
        .option("prefix", PREFIX)
        .save();
    assertThat(connections() - before - limited).isEqualTo(limited + 19);
    assertThat(published().verify(layout)).isEqualTo(400);
  }

  /** All that the server has taken since it started. */
  private static long connections() {
    String info =
        new String((byte[]) call(server.target(), Command.INFO, "stats"), StandardCharsets.UTF_8);
    return Long.parseLong(info.replaceFirst("(?s).*total_connections_received:(\\d+).*", "$1"));
  }

  @Test
  void theRateIsKept() {
    long start = System.nanoTime();
    writer(server.target(), ValueLayout.PACKED, lists(600, 0, 3))
        .option("max-users-per-second", 400)
        .save();
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_400));
  }

  @Test
  void aListTooLongForACompactBucketIsRefused() {
    assertThat(
            writeFailure(
                writer(server.target(), ValueLayout.BUCKETED, lists(3, 0, 300))
                    .option("hash-max-listpack-value", 0)))
        .hasMessageContaining("hash-max-listpack-value");
  }

  @Test
  void usersWithoutItemsGetNoKey() {
    publish(
        ValueLayout.LIST_TEXT,
        List.of(row(user(0), List.of()), row(user(1), null), row(user(2), List.of("3"))));
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isEqualTo(1);
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEmpty();
  }

  @Test
  void nothingIsPublishedWhenSomethingIsWrong() {
    publish(ValueLayout.LIST_TEXT, List.of(row(user(0), List.of("1"))));
    assertThat(
            writeFailure(
                writer(server.target(), ValueLayout.LIST_TEXT, lists(List.of()))
                    .option("prefix", PREFIX)))
        .hasMessageContaining("no list");
    assertThat(failure(List.of(row(user(0), List.of("1")), row(user(0), List.of("2")))))
        .hasMessageContaining("stands twice");
    assertThat(failure(List.of(row(user(0), List.of("x y"))))).hasMessageContaining("'x y'");
    assertThat(
            writeFailure(
                writer(server.target(), ValueLayout.LIST_TEXT, lists(2, 0, 3))
                    .option("prefix", PREFIX)
                    .option("expected-users", 3)))
        .hasMessageContaining("instead of the expected 3");
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(List.of("1")));
    assertThat(published().list()).filteredOn(e -> e.state().equals("complete")).hasSize(1);
  }

  @Test
  void aPointerKeyOfAnotherTypeIsNamedAndReadersKeepTheirList() {
    call(server.target(), Command.RPUSH, PREFIX + "generations", "in the way");
    assertThat(failure(List.of(row(user(0), List.of("1"))))).hasMessageContaining("WRONGTYPE");
  }

  @Test
  void nothingToPublishReplacesNothingButStartsEmpty() {
    publish(ValueLayout.LIST_TEXT, List.of());
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isZero();
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEmpty();
  }
}
