package io.github.item2vec.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.embedded.ServerBinary;
import io.github.item2vec.redis.generation.PublishReport;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.layout.RecommendationReader.Scored;
import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** Lists of items next to those of users, in one generation. */
final class SimilarItemsTest extends PublishFixture {
  private static final int USERS = 70;
  private static final int ITEMS = 130;
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("items", DataTypes.createArrayType(DataTypes.StringType))
          .add("scores", DataTypes.createArrayType(DataTypes.FloatType))
          .add("similar", DataTypes.BooleanType);

  private static Row list(String owner, List<String> items, boolean similar) {
    Float[] scores =
        items.stream().map(item -> 1f / (1 + items.indexOf(item))).toArray(Float[]::new);
    return RowFactory.create(owner, items.toArray(String[]::new), scores, similar);
  }

  private static List<String> nearest(int item, int version) {
    return items(item, version + 50, 1 + item % 20);
  }

  private static String item(int number) {
    return Integer.toString(number);
  }

  /** Users named 0, 1, 2, ... as the items are. */
  private static List<Row> rows(int version) {
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      rows.add(list(Integer.toString(user), items(user, version, 20), false));
    }
    for (int item = 0; item < ITEMS; item++) {
      rows.add(list(item(item), nearest(item, version), true));
    }
    return rows;
  }

  private static DataFrameWriter<Row> writer(ValueLayout layout, List<Row> rows, long users) {
    DataFrameWriter<Row> writer =
        writer(server.target(), layout, spark.createDataFrame(rows, SCHEMA).repartition(3))
            .option("prefix", PREFIX)
            .option("scores", layout.holdsScores())
            .option("expected-users", users)
            .option("similar-items", ITEMS);
    return layout.buckets() ? writer.option("hash-max-listpack-value", 256) : writer;
  }

  private static void publish(ValueLayout layout, int version) {
    writer(layout, rows(version), USERS).option("run-id", "run " + version).save();
  }

  private static List<UUID> similar(RecommendationReader reader, UUID item) {
    return reader.similar(item).stream().map(Scored::item).toList();
  }

  private static RecommendationReader reader(UnifiedJedis client, ValueLayout layout) {
    return new RecommendationReader(client, PREFIX, layout.toString(), 0);
  }

  @ParameterizedTest
  @EnumSource
  void standNextToUsersOfTheSameNames(ValueLayout layout) {
    publish(layout, 1);
    try (UnifiedJedis client = RedisSession.client(server.target())) {
      RecommendationReader reader = reader(client, layout);
      for (int user = 0; user < USERS; user++) {
        assertThat(reader.read(user(user))).isEqualTo(uuids(items(user, 1, 20)));
      }
      for (int item = 0; item < ITEMS; item++) {
        UUID uuid = IdMapping.items().uuid(item(item));
        assertThat(similar(reader, uuid)).isEqualTo(uuids(nearest(item, 1)));
        assertThat(reader.read(uuid)).isEmpty();
      }
      assertThat(reader.similar(user(1))).isEmpty(); // a user is no item
      Scored first = reader.similar(IdMapping.items().uuid("3")).get(0);
      assertThat(first.score()).isEqualTo(Float.valueOf(layout.holdsScores() ? 1 : Float.NaN));
    }
    PublishReport report = published().report(layout, "run 1");
    assertThat(report.users()).isEqualTo(USERS);
    assertThat(report.similarItems()).isEqualTo(ITEMS);
    assertThat(published().verify(layout)).isEqualTo(USERS);
    assertThat(published().similarItems(layout)).isEqualTo(ITEMS);
    assertThat(published().list().get(0).users()).isEqualTo(USERS);
  }

  /** Ids that are UUIDs stay, so a user can choose the bytes of the key. */
  @ParameterizedTest
  @EnumSource
  void noUserHasTheNameOfAnItem(ValueLayout layout) {
    List<UUID> hostile =
        List.of(
            IdMapping.items().uuid("1"),
            IdMapping.items().uuid("2"),
            bytes16("similar-items:00"),
            bytes16("similar-items:me"),
            bytes16(":similar-items::"),
            bytes16("similar-items\0\0\0"));
    List<Row> rows = new ArrayList<>(rows(1).subList(USERS, USERS + ITEMS));
    hostile.forEach(
        user -> rows.add(list(user.toString(), items(hostile.indexOf(user), 9, 7), false)));
    writer(layout, rows, hostile.size()).save();
    try (UnifiedJedis client = RedisSession.client(server.target())) {
      RecommendationReader reader = reader(client, layout);
      for (int i = 0; i < hostile.size(); i++) {
        assertThat(reader.read(hostile.get(i))).isEqualTo(uuids(items(i, 9, 7)));
      }
      for (int item = 0; item < ITEMS; item++) {
        assertThat(similar(reader, IdMapping.items().uuid(item(item))))
            .isEqualTo(uuids(nearest(item, 1)));
      }
    }
    assertThat(published().verify(layout)).isEqualTo(hostile.size());
  }

  private static UUID bytes16(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(text));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  @ParameterizedTest
  @EnumSource
  void flipRollBackAndGoWithTheUsersLists(ValueLayout layout) {
    publish(layout, 1);
    publish(layout, 2);
    String second = current(layout);
    assertSimilar(layout, 2);
    published().rollback(layout);
    assertSimilar(layout, 1);
    assertThat(published().prune(1)).containsExactly(second);
    assertThat(keysOf(second)).isEmpty();
    assertThat(published().verify(layout)).isEqualTo(USERS);
    assertSimilar(layout, 1);

    publish(layout, 3); // of those before one stays
    publish(layout, 4);
    assertThat(keysOf(second)).isEmpty();
    published().prune(1);
    long kept = keys(server.target());
    publish(layout, 5);
    published().prune(1);
    assertThat(keys(server.target())).isEqualTo(kept);
  }

  private static void assertSimilar(ValueLayout layout, int version) {
    for (int item : List.of(0, 7, ITEMS - 1)) {
      assertThat(published().similar(layout, IdMapping.items().uuid(item(item))))
          .isEqualTo(uuids(nearest(item, version)));
    }
    assertThat(read(layout, 5)).isEqualTo(uuids(items(5, version, 20)));
  }

  private static List<?> keysOf(String generation) {
    String pattern = new String(new GenerationKeys(PREFIX).pattern(generation), UTF_8);
    return (List<?>) call(server.target(), Command.KEYS, pattern);
  }

  @ParameterizedTest
  @EnumSource
  void oneThatIsMissingIsFoundByVerifyAndKeepsReadersFromBeingSentThere(ValueLayout layout) {
    publish(layout, 1);
    String first = current(layout);
    publish(layout, 2);
    remove(layout, first);
    assertThatThrownBy(() -> published().rollback(layout))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("holds 129 lists instead of 130, or of other items");
    remove(layout, current(layout));
    assertThatThrownBy(() -> published().verify(layout))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("similar-items holds 129 lists instead of 130");
  }

  private static void remove(ValueLayout layout, String generation) {
    GenerationKeys keys = new GenerationKeys(PREFIX);
    String part = GenerationKeys.similar(generation);
    UUID item = IdMapping.items().uuid("7");
    try (RedisSession session = RedisSession.open(server.target())) {
      if (!layout.buckets()) {
        assertThat(session.call(Command.DEL, keys.user(part, layout.keyForm(), item)))
            .isEqualTo(1L);
        return;
      }
      long removed = 0;
      for (int bucket = 0; bucket < 3; bucket++) {
        byte[] key = keys.bucket(part, bucket);
        removed += (long) session.call(Command.HDEL, key, UuidForm.BINARY.bytes(item));
      }
      assertThat(removed).isEqualTo(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatALateTaskWritesIntoARemovedGenerationGoesToo(ValueLayout layout) {
    publish(layout, 1);
    String first = current(layout);
    publish(layout, 2);
    published().prune(1);
    assertThat(keysOf(first)).isEmpty();
    GenerationKeys keys = new GenerationKeys(PREFIX);
    String part = GenerationKeys.similar(first);
    UUID item = IdMapping.items().uuid("7");
    byte[] name = UuidForm.BINARY.bytes(item);
    try (RedisSession session = RedisSession.open(server.target())) {
      if (layout.buckets()) {
        session.call(Command.HSET, keys.bucket(part, 1), name, name);
      } else {
        session.call(Command.HSET, keys.index(part, 3), UserIndex.field(9, 0), name);
        session.call(Command.SET, keys.user(part, layout.keyForm(), item), name);
      }
    }
    assertThat(keysOf(first)).isNotEmpty();
    published().prune(1);
    assertThat(keysOf(first)).isEmpty();
    assertSimilar(layout, 2);
  }

  @ParameterizedTest
  @EnumSource
  void aGenerationWithoutThemSaysSo(ValueLayout layout) {
    writer(server.target(), layout, lists(20, 1, 10)).option("prefix", PREFIX).save();
    assertThat(published().similarItems(layout)).isZero();
    assertThatThrownBy(() -> published().similar(layout, IdMapping.items().uuid("1")))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("holds no similar items: publish with publish.similar-items");
  }

  @Test
  void theSameRunIsWrittenAnewWhenOnlyThenItHasThem() {
    ValueLayout layout = ValueLayout.PACKED;
    writer(server.target(), layout, spark.createDataFrame(rows(1).subList(0, USERS), SCHEMA))
        .option("prefix", PREFIX)
        .option("run-id", "run 1")
        .save();
    String without = current(layout);
    publish(layout, 1);
    assertThat(current(layout)).isNotEqualTo(without);
    assertSimilar(layout, 1);
    String with = current(layout);
    publish(layout, 1);
    assertThat(current(layout)).isEqualTo(with);
  }

  @Test
  void fewerThanAnnouncedAreNotPublished() {
    ValueLayout layout = ValueLayout.INDEXED;
    RedisException reason = writeFailure(writer(layout, rows(1).subList(0, USERS + 100), USERS));
    assertThat(reason)
        .hasMessageContaining(
            "100 lists of similar items were written instead of the expected 130");
    assertThat(call(server.target(), Command.EXISTS, PREFIX + layout + ":current")).isEqualTo(0L);
    Row unsaid = RowFactory.create("1", new String[] {"2"}, new Float[] {1f}, null);
    assertThat(writeFailure(writer(layout, List.of(unsaid), 1)))
        .hasMessageContaining("column 'similar' is null");
    assertThatThrownBy(
            () ->
                writer(server.target(), layout, lists(20, 1, 10)).option("similar-items", 3).save())
        .hasMessageContaining("no column 'similar'");
  }

  /** On the machine's own server, since the artifact's is built with another allocator. */
  @ParameterizedTest
  @EnumSource
  void theirMemoryIsForetold(ValueLayout layout) {
    Optional<Path> program = ServerBinary.onPath(System.getenv("PATH"));
    assumeTrue(program.isPresent(), "no redis-server on the PATH");
    List<Row> rows = new ArrayList<>(rows(1).subList(0, USERS));
    IntStream.range(0, CATALOGUE).forEach(i -> rows.add(list(item(i), items(i, 3, 20), true)));
    try (EmbeddedRedis own = EmbeddedRedis.startProgram(program.get())) {
      for (int similar : List.of(0, CATALOGUE)) {
        writer(
                own.target(),
                layout,
                spark.createDataFrame(rows.subList(0, USERS + similar), SCHEMA))
            .option("expected-users", USERS)
            .option("similar-items", similar)
            .option("run-id", similar)
            .save();
      }
      PublishedGenerations published = new PublishedGenerations(own.target(), "recs:");
      long without = published.report(layout, "0").bytes();
      long with = published.report(layout, "" + CATALOGUE).bytes();
      MemoryForecast users = new MemoryForecast(USERS, 20, CATALOGUE, "recs:", false, false);
      long forecast = users.similar(CATALOGUE, 20).listBytes(layout);
      assertThat(with - without).isCloseTo(forecast, within(forecast / 10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyListsAreOneRoundTrip(ValueLayout layout) {
    publish(layout, 1);
    List<UUID> users = IntStream.range(0, USERS).mapToObj(RedisFixture::user).toList();
    try (UnifiedJedis client = RedisSession.client(server.target())) {
      RecommendationReader reader =
          new RecommendationReader(client, PREFIX, layout.toString(), 600_000);
      reader.read(users.get(0));
      long question = -reads();
      question += reads();
      long before = reads();
      reader.readScored(users.subList(0, 40)); // few enough for one packet
      assertThat(reads() - before - question).isOne();
      List<List<Scored>> lists = reader.readScored(users);
      for (int user = 0; user < USERS; user++) {
        assertThat(lists.get(user)).isEqualTo(reader.readScored(users.get(user)));
      }
      List<UUID> some = List.of(users.get(3), UUID.randomUUID(), users.get(3));
      assertThat(reader.readScored(some)).containsExactly(lists.get(3), List.of(), lists.get(3));
      assertThat(reader.readScored(List.<UUID>of())).isEmpty();
      List<UUID> items = List.of(IdMapping.items().uuid("4"), IdMapping.items().uuid("9"));
      assertThat(reader.similar(items))
          .containsExactly(reader.similar(items.get(0)), reader.similar(items.get(1)));
      List<UUID> whole = reader.read(users.get(5));
      assertThat(reader.read(users.get(5), Set.of(whole.get(0), whole.get(2))))
          .isEqualTo(
              whole.stream()
                  .filter(i -> !i.equals(whole.get(0)) && !i.equals(whole.get(2)))
                  .toList());
    }
  }

  /** How often the server has read from a connection, for this question too. */
  private static long reads() {
    String info = new String((byte[]) call(server.target(), Command.INFO, "stats"), UTF_8);
    return info.lines()
        .filter(line -> line.startsWith("total_reads_processed:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .sum();
  }
}
