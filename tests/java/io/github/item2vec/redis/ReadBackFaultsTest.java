package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisSession;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** A read gives all lists of one generation, or says why not. */
final class ReadBackFaultsTest extends PublishFixture {
  @ParameterizedTest
  @EnumSource
  void aFlipDuringAReadChangesNothing(ValueLayout layout) {
    publish(layout, ReadBackTest.rows(100, 0));
    Dataset<Row> planned = planned(reader(layout));
    String old = current(layout);
    publish(layout, ReadBackTest.rows(100, 1));
    assertThat(ReadBackFixture.lists(planned))
        .isEqualTo(ReadBackFixture.lists(reader(layout).option("generation", old).load()))
        .isNotEqualTo(ReadBackFixture.lists(reader(layout).load()));
  }

  @ParameterizedTest
  @EnumSource
  void aGenerationThatIsRemovedMeanwhileFailsTheRead(ValueLayout layout) {
    publish(layout, ReadBackTest.rows(100, 0));
    Dataset<Row> planned = planned(reader(layout));
    publish(layout, ReadBackTest.rows(100, 1));
    published().prune(1);
    assertFails(planned).hasStackTraceContaining("was removed or has expired while it was read");
  }

  /** Some rows have been given when it happens. */
  @ParameterizedTest
  @EnumSource
  void noHalfReadEndsWell(ValueLayout layout) {
    publish(layout, ReadBackTest.rows(2_000, 0));
    Iterator<Row> rows = planned(reader(layout).option("max-connections", 4)).toLocalIterator();
    assertThat(rows.next().getList(1)).isNotEmpty();
    publish(layout, ReadBackTest.rows(2_000, 1));
    published().prune(1);
    assertThatThrownBy(() -> rows.forEachRemaining(row -> {}))
        .hasStackTraceContaining("was removed or has expired while it was read");
  }

  @ParameterizedTest
  @EnumSource
  void aGenerationThatIsWithdrawnMeanwhileFailsTheRead(ValueLayout layout) {
    publish(layout, ReadBackTest.rows(50, 0));
    publish(layout, ReadBackTest.rows(50, 1));
    String newer = current(layout);
    Dataset<Row> planned = planned(reader(layout));
    published().rollback(layout);
    assertFails(planned).hasStackTraceContaining("readers were sent back from it");
    Dataset<Row> named = reader(layout).option("generation", newer).load();
    assertThat(named.count()).isEqualTo(50); // whoever names it knows
  }

  @ParameterizedTest
  @EnumSource
  void aListThatIsGoneFailsAWholeRead(ValueLayout layout) {
    publish(layout, ReadBackTest.rows(700, 0));
    Dataset<Row> planned = planned(reader(layout));
    planned.rdd().getNumPartitions(); // the slices are known
    remove(layout, 5);
    assertFails(planned).hasStackTraceContaining("lists expired or were removed");
    String user = user(5).toString();
    Dataset<Row> again = reader(layout).load();
    assertThat(again.where("user = '" + user + "'").count()).isZero();
    if (layout.buckets()) {
      assertFails(again).hasStackTraceContaining("holds 699 lists instead of 700");
    } else {
      assertFails(again).hasStackTraceContaining("lists where");
    }
  }

  @Test
  void anIndexThatIsGoneFailsAWholeRead() {
    publish(ValueLayout.PACKED, ReadBackTest.rows(700, 0));
    call(server.target(), Command.DEL, PREFIX + current(ValueLayout.PACKED) + ":index:00");
    assertFails(reader(ValueLayout.PACKED).load()).hasStackTraceContaining("lists instead of 700");
  }

  @Test
  void aDictionaryThatIsGoneFailsTheRead() {
    publish(ValueLayout.INDEXED, ReadBackTest.rows(10, 0));
    call(server.target(), Command.DEL, PREFIX + current(ValueLayout.INDEXED) + ":items");
    assertFails(reader(ValueLayout.INDEXED).load()).hasStackTraceContaining("no whole dictionary");
  }

  @Test
  void whatCannotBeChosenIsToldWithWhatCan() {
    assertFails(reader(ValueLayout.PACKED).load())
        .hasStackTraceContaining("nothing is published as packed")
        .hasStackTraceContaining("none");
    publish(ValueLayout.INDEXED, ReadBackTest.rows(3, 0));
    String id = current(ValueLayout.INDEXED);
    assertFails(reader(ValueLayout.PACKED).load()).hasStackTraceContaining("what is: indexed");
    assertFails(reader(ValueLayout.PACKED).option("generation", id).load())
        .hasStackTraceContaining("is of layout indexed, not packed");
    assertFails(reader(ValueLayout.INDEXED).option("generation", "00000007").load())
        .hasStackTraceContaining("no finished generation has the id '00000007'")
        .hasStackTraceContaining(id + " (indexed)");
    assertFails(reader(ValueLayout.INDEXED).load().where("user = '42'"))
        .hasStackTraceContaining("asks for user '42'")
        .hasStackTraceContaining("option 'ids'");
  }

  @Test
  void wrongOptionsAndColumnsAreToldBeforeAnyWork() {
    DataFrameReader reader = reader(ValueLayout.PACKED);
    assertFails(reader.option("generatoin", "x").load())
        .hasMessageContaining("unknown option 'generatoin'; did you mean 'generation'?");
    assertFails(reader(ValueLayout.PACKED).option("ttl", 5).load())
        .hasMessageContaining("option 'ttl' is for writing alone");
    assertThatThrownBy(
            () ->
                writer(server.target(), ValueLayout.PACKED, lists(1, 0, 1))
                    .option("ids", "x")
                    .save())
        .hasMessageContaining("option 'ids' is for reading alone");
    assertFails(reader(ValueLayout.PACKED).schema("user string, item array<string>").load())
        .hasMessageContaining("no column 'item' to read");
    assertFails(reader(ValueLayout.PACKED).schema("user bigint").load())
        .hasMessageContaining("column 'user' is read as STRING, not BIGINT");
  }

  /** The table stands in SQL alone: what it is read and written with are its options. */
  @Test
  void sqlReadsWhatSqlWrote() {
    lists(4, 0, 10).createOrReplaceTempView("lists");
    spark.sql("drop table if exists published");
    spark.sql(
        "create table published using `item2vec-redis` options (target '"
            + address()
            + "', prefix 'sql:', layout 'packed', ttl '600')");
    spark.sql("insert overwrite published (user, items) select user, items from lists");
    List<Row> read =
        spark.sql("select items, user, scores from published order by user").collectAsList();
    spark.sql("drop table published");
    assertThat(read)
        .extracting(row -> row.getString(1))
        .containsExactly(
            java.util.stream.IntStream.range(0, 4)
                .mapToObj(n -> user(n).toString())
                .sorted()
                .toArray(String[]::new));
    assertThat(read).allMatch(row -> row.getList(0).size() == 10 && row.isNullAt(2));
  }

  @Test
  void aTableIsNotCreatedFromAQuery() {
    lists(2, 0, 3).createOrReplaceTempView("lists");
    String query =
        "create table made using `item2vec-redis` options (target '%s') as select user, items from lists"
            .formatted(address());
    assertThatThrownBy(() -> spark.sql(query))
        .hasStackTraceContaining("CREATE TABLE AS SELECT and INSERT INTO append");
    for (SaveMode mode : List.of(SaveMode.ErrorIfExists, SaveMode.Append)) {
      assertThatThrownBy(
              () ->
                  lists(1, 0, 1)
                      .select("user", "items")
                      .write()
                      .format("item2vec-redis")
                      .mode(mode)
                      .option("target", address())
                      .saveAsTable("made"))
          .as("%s", mode)
          .hasStackTraceContaining("INSERT OVERWRITE");
    }
    assertThat(spark.catalog().tableExists("made")).isFalse();
    assertThatThrownBy(
            () ->
                spark
                    .readStream()
                    .format("rate")
                    .load()
                    .writeStream()
                    .format("item2vec-redis")
                    .option("target", address())
                    .option("checkpointLocation", "target/checkpoint-read-back")
                    .start())
        .hasStackTraceContaining("item2vec-redis does not support streamed writing");
    assertThat(keys(server.target())).isZero();
  }

  @Test
  void plansDoNotShowThePassword() {
    try (EmbeddedRedis locked = EmbeddedRedis.startLocked()) {
      writer(locked.target(), ValueLayout.PACKED, lists(3, 0, 4)).save();
      Dataset<Row> read =
          ReadBackFixture.reader(locked.target(), ValueLayout.PACKED, "recs:").load();
      assertThat(read.count()).isEqualTo(3);
      assertThat(read.queryExecution().toString())
          .contains("generation ")
          .doesNotContain(locked.target().password());
    }
  }

  /** As the documentation says. */
  @ParameterizedTest
  @EnumSource
  void theRightToReadIsEnough(ValueLayout layout) {
    publish(layout, ReadBackTest.rows(60, 0));
    call(
        server.target(),
        Command.ACL,
        "SETUSER",
        "reader",
        "reset",
        "on",
        ">secret",
        "~rec?*", // the prefix, whose blank no pattern may have
        "+@read",
        "+info");
    DataFrameReader reader = reader(layout).option("user", "reader").option("password", "secret");
    assertThat(ReadBackFixture.lists(reader.load()))
        .isEqualTo(ReadBackFixture.lists(reader(layout).load()))
        .hasSize(60);
  }

  /** What is planned has chosen its generation. */
  private static Dataset<Row> planned(DataFrameReader reader) {
    Dataset<Row> read = reader.load();
    read.queryExecution().executedPlan();
    return read;
  }

  private static void remove(ValueLayout layout, int number) {
    String start = PREFIX + current(layout) + ":";
    try (RedisSession session = RedisSession.open(server.target())) {
      if (layout.buckets()) {
        for (int bucket = 0; bucket < 11; bucket++) {
          session.call(
              Command.HDEL,
              bytes(start + "%08x".formatted(bucket)),
              UuidForm.BINARY.bytes(user(number)));
        }
      } else {
        session.call(Command.DEL, layout.keyForm().key(bytes(start), user(number)));
      }
    }
  }

  private static AbstractThrowableAssert<?, ?> assertFails(Dataset<Row> read) {
    return assertThatThrownBy(read::collectAsList);
  }

  private static DataFrameReader reader(ValueLayout layout) {
    return ReadBackFixture.reader(server.target(), layout, PREFIX);
  }
}
