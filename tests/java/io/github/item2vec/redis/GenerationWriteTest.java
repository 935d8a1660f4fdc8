package io.github.item2vec.redis;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

final class GenerationWriteTest extends RedisFixture {
  private static final String PREFIX = "rec *s:ü:";

  private static EmbeddedRedis server;

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
    for (int version = 0; version < 3; version++) {
      writer(server.target(), layout, lists(1200, version, 100)).option("prefix", PREFIX).save();
      for (int user = 0; user < 1200; user += 7) {
        assertThat(read(layout, user)).isEqualTo(uuids(items(user, version, 100)));
      }
    }
    assertThat(published().list())
        .hasSize(2)
        .allMatch(entry -> entry.state().equals("complete") && entry.users() == 1200)
        .extracting(PublishedGenerations.Entry::current)
        .containsExactly(false, true);
    long dictionaries = layout.indices() ? 2 : 0;
    long keys = layout.buckets() ? Buckets.of(1200).count() : 1200;
    assertThat(keys(server.target())).isEqualTo(2 * keys + 2 + dictionaries + 3);
    assertThat(published().verify(layout)).isEqualTo(1200);
  }

  /** Spark deals rows out by the hash that names the bucket, so its tasks share no bucket. */
  @Test
  void aBucketIsOneTasks() {
    Buckets buckets = Buckets.of(170_000);
    assertThat(buckets.count() % buckets.tasks()).isZero();
    WriteSpec spec =
        new WriteSpec(
            server.target(),
            "",
            new GenerationKeys(""),
            ValueLayout.BUCKETED,
            "g",
            9,
            buckets.count(),
            64,
            0,
            0);
    lists(500, 0, 1)
        .select(col("user"), pmod(hash(col("user")), lit(buckets.tasks())))
        .collectAsList()
        .forEach(
            row ->
                assertThat(spec.bucket(UUID.fromString(row.getString(0))) % buckets.tasks())
                    .isEqualTo(row.getInt(1)));
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
  void twoRunsOfOnePrefixTakeTurns() {
    List<CompletableFuture<Void>> runs =
        List.of(0, 1).stream()
            .map(
                version ->
                    CompletableFuture.runAsync(
                        () ->
                            writer(
                                    server.target(),
                                    ValueLayout.LIST_BINARY,
                                    lists(2000, version, 100))
                                .option("prefix", PREFIX)
                                .save()))
            .toList();
    runs.forEach(CompletableFuture::join);
    assertThat(published().list()).hasSize(2);
    assertThat(published().verify(ValueLayout.LIST_BINARY)).isEqualTo(2000);
  }

  @Test
  void twoAttemptsOfAPartitionLeaveExactLists() {
    WriteOptions options =
        WriteOptions.of(
            spark, Map.of("target", address(), "prefix", PREFIX, "layout", "list-text"));
    NewGeneration generation =
        NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    List<PartitionCommit> attempts =
        List.of(1, 2).parallelStream().map(attempt -> attempt(generation.spec())).toList();

    generation.commit(attempts.subList(0, 1));
    attempt(generation.spec()); // a third, after the flip

    for (int user = 0; user < 500; user++) {
      assertThat(read(ValueLayout.LIST_TEXT, user)).isEqualTo(uuids(items(user, 0, 100)));
    }
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isEqualTo(500);
  }

  @Test
  void anAbortBeforeTheFlipRemovesAndOneAfterItDoesNot() {
    WriteOptions options = WriteOptions.of(spark, Map.of("target", address(), "prefix", PREFIX));
    NewGeneration aborted = NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    attempt(aborted.spec());
    aborted.abort();
    assertThat(keys(server.target())).isEqualTo(3); // meta, generations, last

    NewGeneration committed =
        NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    committed.commit(List.of(attempt(committed.spec())));
    committed.abort();
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isEqualTo(500);
    assertThat(published().list()).hasSize(1);
  }

  @Test
  void aRunThatHasFinishedRepeatsNothing() {
    for (int version = 0; version < 2; version++) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(5, version, 10))
          .option("prefix", PREFIX)
          .option("run-id", "run 1")
          .save();
    }
    assertThat(published().list()).hasSize(1);
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(items(0, 0, 10)));
  }

  @Test
  void whatAKilledRunLeftIsRemoved() {
    publish(ValueLayout.LIST_TEXT, List.of(row(user(0), List.of("1"))));
    WriteOptions options =
        WriteOptions.of(spark, Map.of("target", address(), "prefix", PREFIX, "run-id", "killed"));
    NewGeneration killed = NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    attempt(killed.spec()); // neither committed nor aborted: the lease stays until it lapses
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(List.of("1")));
    assertThat(keys(server.target())).isGreaterThan(500);

    writer(server.target(), ValueLayout.LIST_TEXT, lists(5, 1, 10))
        .option("prefix", PREFIX)
        .option("run-id", "killed") // the same run again takes its lease over
        .save();

    assertThat(published().list()).hasSize(2).allMatch(e -> e.state().equals("complete"));
    assertThat(keys(server.target())).isEqualTo(1 + 5 + 2 + 3);
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(items(0, 1, 10)));
  }

  @Test
  void rollbackGoesBackAndPruneKeeps() {
    for (int version = 0; version < 2; version++) {
      writer(server.target(), ValueLayout.INDEXED, lists(5, version, 10))
          .option("prefix", PREFIX)
          .save();
    }
    String previous = published().rollback(ValueLayout.INDEXED);
    assertThat(current(ValueLayout.INDEXED)).isEqualTo(previous);
    assertThat(read(ValueLayout.INDEXED, 3)).isEqualTo(uuids(items(3, 0, 10)));
    assertThatThrownBy(() -> published().rollback(ValueLayout.INDEXED))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("nothing older");
    assertThat(published().prune(1)).isEmpty(); // one is the newest, the other is being read
    assertThat(published().verify(ValueLayout.INDEXED)).isEqualTo(5);
  }

  @Test
  void aMissingListIsFound() {
    publish(ValueLayout.LIST_TEXT, List.of(row(user(0), List.of("1")), row(user(1), List.of("2"))));
    call(server.target(), Command.DEL, PREFIX + current(ValueLayout.LIST_TEXT) + ":" + user(1));
    assertThatThrownBy(() -> published().verify(ValueLayout.LIST_TEXT))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("1 lists instead of 2");
  }

  @Test
  void listsExpireNearOneDeadlineAndTheRestAfterThem() {
    writer(server.target(), ValueLayout.INDEXED, lists(50, 0, 10))
        .option("prefix", PREFIX)
        .option("ttl", 1000)
        .save();
    GenerationKeys keys = new GenerationKeys(PREFIX);
    String id = current(ValueLayout.INDEXED);
    try (RedisSession session = RedisSession.open(server.target())) {
      List<Long> lives =
          List.of(0, 1, 2, 3, 4, 5, 6, 7).stream()
              .map(n -> keys.user(id, UuidForm.BINARY, user(n)))
              .map(key -> (Long) session.call(Command.PTTL, key))
              .toList();
      assertThat(lives).allMatch(life -> life > 900_000 && life <= 1_000_000);
      assertThat(lives.stream().distinct().count()).isGreaterThan(1);
      for (byte[] key : List.of(keys.meta(id), keys.dictionary(id))) {
        assertThat((long) session.call(Command.PTTL, key))
            .isGreaterThanOrEqualTo(lives.stream().mapToLong(Long::longValue).max().orElseThrow());
      }
    }
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
  void wrongUseIsToldBeforeAnyWork() {
    assertThatThrownBy(
            () ->
                writer(server.target(), ValueLayout.LIST_TEXT, lists(1, 0, 1))
                    .mode(SaveMode.Append)
                    .save())
        .hasMessageContaining("overwrite");
    assertThatThrownBy(
            () ->
                writer(server.target(), ValueLayout.LIST_TEXT, spark.range(1).toDF("user")).save())
        .hasMessageContaining("no column 'items'");
    assertThatThrownBy(
            () ->
                lists(1, 0, 1)
                    .write()
                    .format("redis")
                    .mode(SaveMode.Overwrite)
                    .option("target", address())
                    .option("layout", "indexed")
                    .save())
        .hasMessageContaining("catalogue");
    assertThat(keys(server.target())).isZero();
  }

  @Test
  void nothingToPublishReplacesNothingButStartsEmpty() {
    publish(ValueLayout.LIST_TEXT, List.of());
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isZero();
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEmpty();
  }

  @Test
  void sqlInsertsOverwrite() {
    lists(4, 0, 10).createOrReplaceTempView("lists");
    spark.sql("drop table if exists published");
    spark.sql(
        "create table published (user string, items array<string>) using redis options (target '"
            + address()
            + "', prefix 'sql:', layout 'packed')");
    spark.sql("insert overwrite published select user, items from lists");
    spark.sql("drop table published");
    assertThat(new PublishedGenerations(server.target(), "sql:").list(ValueLayout.PACKED, user(2)))
        .isEqualTo(uuids(items(2, 0, 10)));
  }

  @Test
  void plansDoNotShowThePassword() throws Exception {
    CompletableFuture<String> plan = new CompletableFuture<>();
    QueryExecutionListener listener =
        new QueryExecutionListener() {
          @Override
          public void onSuccess(String function, QueryExecution query, long nanos) {
            if (query.toString().contains("OverwriteByExpression")) {
              plan.complete(query.toString());
            }
          }

          @Override
          public void onFailure(String function, QueryExecution query, Exception failure) {
            plan.complete(query.toString());
          }
        };
    spark.listenerManager().register(listener);
    try {
      writer(server.target().withPassword("s3cret"), ValueLayout.LIST_TEXT, lists(1, 0, 1)).save();
      assertThat(plan.get(10, TimeUnit.SECONDS)).contains("redis").doesNotContain("s3cret");
    } finally {
      spark.listenerManager().unregister(listener);
    }
  }

  @Test
  void theDatabaseIsTheTargets() {
    writer(server.target().withDb(3), ValueLayout.LIST_TEXT, lists(2, 0, 5)).save();
    assertThat(keys(server.target())).isZero();
    assertThat(keys(server.target().withDb(3))).isEqualTo(2 + 4);
  }

  private static PartitionCommit attempt(WriteSpec spec) {
    try (RedisPartitionWriter writer =
        new RedisPartitionWriter(spec, new RowColumns(0, 2), Catalogue.growing(), 0, new Pace(0))) {
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

  private static RedisException failure(List<org.apache.spark.sql.Row> rows) {
    return writeFailure(
        writer(server.target(), ValueLayout.INDEXED, lists(rows)).option("prefix", PREFIX));
  }

  private static void publish(ValueLayout layout, List<org.apache.spark.sql.Row> rows) {
    writer(server.target(), layout, lists(rows)).option("prefix", PREFIX).save();
  }

  private static PublishedGenerations published() {
    return new PublishedGenerations(server.target(), PREFIX);
  }

  private static List<UUID> read(ValueLayout layout, int user) {
    return published().list(layout, user(user));
  }

  private static String current(ValueLayout layout) {
    return new String(
        (byte[]) call(server.target(), Command.GET, PREFIX + layout + ":current"),
        StandardCharsets.UTF_8);
  }

  private static String address() {
    return "127.0.0.1:" + server.target().port();
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
