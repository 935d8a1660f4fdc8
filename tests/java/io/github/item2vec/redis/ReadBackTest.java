package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.RecommendationReader.Scored;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** What Spark reads of a generation is what was written into it. */
final class ReadBackTest extends PublishFixture {
  private static final int USERS = 1_500;
  private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+)");

  @ParameterizedTest
  @EnumSource
  void everyListComesBackAsItWasWritten(ValueLayout layout) {
    long seed = new SplittableRandom().nextLong();
    List<Row> written = ReadBackFixture.randomLists(USERS, seed);
    ReadBackFixture.write(server.target(), layout, PREFIX, written);
    Map<String, List<Scored>> read = ReadBackFixture.lists(reader(layout).load());
    assertThat(read)
        .as("seed %d", seed)
        .isEqualTo(ReadBackFixture.oneByOne(server.target(), layout, PREFIX, written));
    for (Row row : written) {
      assertThat(read.get(IdMapping.users().uuid(row.getString(0)).toString()))
          .as("seed %d, user %s", seed, row.getString(0))
          .extracting(Scored::item)
          .isEqualTo(uuids(Arrays.asList((String[]) row.get(1))));
    }
    assertThat(reader(layout).load().count()).isEqualTo(USERS);
    assertThat(reader(layout).load().where("scores is null").count())
        .isEqualTo(layout.holdsScores() ? 0 : USERS);
  }

  /** A look at the pointer, one at the description, two at its state, and the users' keys. */
  @ParameterizedTest
  @EnumSource
  void aFilterOnTenUsersTouchesTheirKeysAlone(ValueLayout layout) {
    publish(layout, rows(2_000, 0));
    Object[] ten =
        IntStream.range(0, 10).mapToObj(n -> user(n * 190).toString()).toArray(Object[]::new);
    Dataset<Row> lists = reader(layout).load();
    call(server.target(), Command.CONFIG, "RESETSTAT");
    assertThat(ReadBackFixture.lists(lists.where(lists.col("user").isin(ten)))).hasSize(10);
    Map<String, Integer> calls = new TreeMap<>(Map.of("hgetall", 1, "hexists", 2));
    calls.put("get", 1 + (layout.indices() ? 1 : 0));
    calls.put("hget", 2);
    calls.merge(layout.list() ? "lrange" : layout.buckets() ? "hget" : "get", 10, Integer::sum);
    assertThat(calls()).isEqualTo(calls);
  }

  @ParameterizedTest
  @EnumSource
  void countingTakesNoList(ValueLayout layout) {
    publish(layout, rows(300, 0));
    call(server.target(), Command.CONFIG, "RESETSTAT");
    assertThat(reader(layout).load().count()).isEqualTo(300);
    assertThat(calls()).doesNotContainKeys("lrange").containsEntry("get", 1);
  }

  @ParameterizedTest
  @EnumSource
  void filtersNameUsers(ValueLayout layout) {
    publish(layout, rows(100, 0));
    reader(layout).load().createOrReplaceTempView("published_lists");
    String one = user(3).toString();
    String two = user(4).toString();
    String nobody = new UUID(0, 7).toString();
    assertThat(users("user = '%s'".formatted(one))).containsExactly(one);
    assertThat(users("user <=> '%s'".formatted(one))).containsExactly(one);
    assertThat(users("user <=> null")).isEmpty();
    assertThat(users("user in ('%s', '%s', '%s')".formatted(one, two, nobody)))
        .containsExactlyInAnyOrder(one, two);
    assertThat(users("user = '%s' or user = '%s'".formatted(one, two)))
        .containsExactlyInAnyOrder(one, two);
    assertThat(users("user = '%s' and user in ('%s', '%s')".formatted(one, one, two)))
        .containsExactly(one);
    assertThat(users("user = '%s' and user = '%s'".formatted(one, two))).isEmpty();
    assertThat(users("user = '%s' or size(items) > 1".formatted(one))).hasSize(100);
    assertThat(users("user = '%s' and size(items) > 100".formatted(one))).isEmpty();
    assertThat(users("user is not null")).hasSize(100);
    assertThat(users("not (user = '%s')".formatted(one))).hasSize(99);
  }

  /** A task that was tried again has written its users' chunks twice, and perhaps other users. */
  @ParameterizedTest
  @EnumSource(names = "BUCKETED", mode = EnumSource.Mode.EXCLUDE)
  void usersThatAnIndexNamesTwiceComeOnce(ValueLayout layout) {
    publish(layout, rows(1_200, 0));
    byte[] shard = bytes(PREFIX + current(layout) + ":index:00");
    try (RedisSession session = RedisSession.open(server.target())) {
      List<?> fields = (List<?>) session.call(Command.HGETALL, shard);
      byte[] chunk = (byte[]) fields.get(1);
      ByteBuffer attempt = ByteBuffer.allocate(chunk.length / 2 / 16 * 16 + 16);
      attempt.put(chunk, 0, attempt.capacity() - 16);
      attempt.put(UuidForm.BINARY.bytes(new UUID(1, 2))); // was named and never written
      byte[] other = bytes(PREFIX + current(layout) + ":index:3f");
      session.call(Command.HSET, other, bytes("99.0"), attempt.array());
    }
    Map<String, List<Scored>> read = ReadBackFixture.lists(reader(layout).load());
    assertThat(read)
        .isEqualTo(ReadBackFixture.oneByOne(server.target(), layout, PREFIX, rows(1_200, 0)));
  }

  @ParameterizedTest
  @EnumSource
  void idsGiveTheNamesThatWerePublished(ValueLayout layout) {
    long seed = new SplittableRandom().nextLong();
    List<Row> written = ReadBackFixture.randomLists(200, seed);
    ReadBackFixture.write(server.target(), layout, PREFIX, written);
    String ids = ids("ids-" + layout, written, CATALOGUE);
    Map<String, List<String>> expected =
        written.stream()
            .collect(
                Collectors.toMap(row -> row.getString(0), row -> List.of((String[]) row.get(1))));
    assertThat(named(reader(layout).option("ids", ids).load()))
        .as("seed %d", seed)
        .isEqualTo(expected);
    String one = written.get(1).getString(0);
    Dataset<Row> some = reader(layout).option("ids", ids).load();
    assertThat(named(some.where(some.col("user").isin(one, "nobody"))))
        .isEqualTo(Map.of(one, expected.get(one)));
    assertThat(reader(layout).option("ids", ids).load().count()).isEqualTo(200);
  }

  @Test
  void idsOfAnotherRunAreRefused() {
    List<Row> written = ReadBackFixture.randomLists(50, 1);
    ReadBackFixture.write(server.target(), ValueLayout.PACKED, PREFIX, written);
    String fewUsers = ids("ids-few-users", written.subList(0, 49), CATALOGUE);
    assertThatThrownBy(
            () -> reader(ValueLayout.PACKED).option("ids", fewUsers).load().collectAsList())
        .hasStackTraceContaining("is not in the table users of option 'ids'");
    String fewItems = ids("ids-few-items", written, 3);
    assertThatThrownBy(
            () -> reader(ValueLayout.PACKED).option("ids", fewItems).load().collectAsList())
        .hasStackTraceContaining("is not in the table items of option 'ids'");
    assertThatThrownBy(
            () -> reader(ValueLayout.PACKED).option("ids", "/no/such/ids").load().collectAsList())
        .hasStackTraceContaining("/no/such/ids");
  }

  private static String ids(String name, List<Row> users, int items) {
    String directory = "target/" + name;
    save(directory + "/users", users.stream().map(row -> row.getString(0)), IdMapping.users());
    save(
        directory + "/items",
        IntStream.range(0, items).mapToObj(Integer::toString),
        IdMapping.items());
    return directory;
  }

  private static void save(String path, Stream<String> ids, IdMapping mapping) {
    spark
        .createDataset(
            ids.map(id -> id + "," + mapping.uuid(id)).toList(),
            org.apache.spark.sql.Encoders.STRING())
        .selectExpr("split(value, ',')[0] id", "split(value, ',')[1] uuid")
        .write()
        .mode("overwrite")
        .parquet(path);
  }

  private static Map<String, List<String>> named(Dataset<Row> read) {
    return read.collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getList(1)));
  }

  private static List<String> users(String condition) {
    return spark
        .sql("select user, items from published_lists where " + condition)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** What the server was asked for, besides greetings. */
  private static Map<String, Integer> calls() {
    String said =
        new String(
            (byte[]) call(server.target(), Command.INFO, "commandstats"), StandardCharsets.UTF_8);
    Map<String, Integer> calls = new TreeMap<>();
    CALLS
        .matcher(said)
        .results()
        .forEach(match -> calls.put(match.group(1), Integer.parseInt(match.group(2))));
    List.of("info", "hello", "select", "auth", "config|resetstat", "client|setinfo")
        .forEach(calls::remove);
    return calls;
  }

  static List<Row> rows(int users, int version) {
    return IntStream.range(0, users)
        .mapToObj(user -> row(user(user), items(user, version, 5 + user % 7)))
        .toList();
  }

  private static DataFrameReader reader(ValueLayout layout) {
    return ReadBackFixture.reader(server.target(), layout, PREFIX);
  }
}
