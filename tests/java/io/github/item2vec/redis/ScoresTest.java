package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.embedded.ServerBinary;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.layout.RecommendationReader.Scored;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** Scores behind the items of the layouts that have a place for them. */
final class ScoresTest extends PublishFixture {
  private static final int USERS = 300;

  @ParameterizedTest
  @EnumSource(names = {"PACKED", "INDEXED", "BUCKETED"})
  void bytes(ValueLayout layout) {
    write(layout, List.of(scored(0, List.of("299", "0", "1"), 2f, 1f, -0.5f))).save();
    String ids =
        uuids(List.of("299", "0", "1")).stream()
            .map(uuid -> uuid.toString().replace("-", ""))
            .reduce("", String::concat);
    Map<ValueLayout, String> items =
        Map.of(
            ValueLayout.PACKED,
            ids,
            ValueLayout.INDEXED,
            "0000" + "012b" + "012a", // places 0, 299, 298 in the catalogue
            ValueLayout.BUCKETED,
            "004ae540"); // the same, nine bits each
    // -0.5 and 2.0, then 255, 153 (1.5 of 2.5 above the least), 0
    String scores = "bf000000" + "40000000" + "ff9900";
    assertThat(HexFormat.of().formatHex(stored(layout))).isEqualTo(items.get(layout) + scores);
    assertThat(readScored(layout, 0)).extracting(Scored::score).containsExactly(2f, 1f, -0.5f);
  }

  /** Lists of every length from 1: the length of a value tells how many items it has. */
  @ParameterizedTest
  @EnumSource(names = {"PACKED", "INDEXED", "BUCKETED"})
  void theOrderStaysAndScoresAreWithinHalfAStep(ValueLayout layout) {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    List<float[]> scores = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      float[] own = new float[1 + user % 100];
      double scale = Math.pow(10, random.nextInt(-6, 7));
      for (int i = 0; i < own.length; i++) {
        own[i] = (float) (random.nextDouble(-1, 1) * scale);
      }
      scores.add(own);
      rows.add(scored(user, items(user, 0, own.length), own));
    }
    write(layout, rows).save();
    List<List<UUID>> lists = read(layout, IntStream.range(0, USERS));
    List<List<Scored>> scoredLists = readScored(layout, IntStream.range(0, USERS));
    for (int user = 0; user < USERS; user++) {
      float[] own = scores.get(user);
      List<Scored> read = scoredLists.get(user);
      assertThat(read)
          .as("seed %d, user %d", seed, user)
          .extracting(Scored::item)
          .isEqualTo(uuids(items(user, 0, own.length)));
      assertThat(lists.get(user)).isEqualTo(read.stream().map(Scored::item).toList());
      double most = Float.NEGATIVE_INFINITY;
      double least = Float.POSITIVE_INFINITY;
      for (float score : own) {
        most = Math.max(most, score);
        least = Math.min(least, score);
      }
      for (int i = 0; i < own.length; i++) {
        assertThat((double) read.get(i).score())
            .as("seed %d, user %d, item %d", seed, user, i)
            .isCloseTo(own[i], within((most - least) / 509 + Math.ulp(own[i])));
      }
    }
  }

  @Test
  void withoutThemThereAreNone() {
    publish(ValueLayout.INDEXED, List.of(row(user(0), items(0, 0, 5))));
    assertThat(readScored(ValueLayout.INDEXED, 0)).hasSize(5).allMatch(s -> Float.isNaN(s.score()));
  }

  @Test
  void theGreatestRangeOfFloatsIsNoOverflow() {
    write(
            ValueLayout.INDEXED,
            List.of(scored(0, items(0, 0, 3), Float.MAX_VALUE, 0, -Float.MAX_VALUE)))
        .save();
    assertThat(readScored(ValueLayout.INDEXED, 0))
        .extracting(Scored::score)
        .contains(Float.MAX_VALUE, -Float.MAX_VALUE);
  }

  @Test
  void wrongScoresAreRefused() {
    assertThatThrownBy(() -> write(ValueLayout.LIST_TEXT, List.of()).save())
        .hasMessageContaining("layout list-text has no place for scores");
    assertThatThrownBy(
            () ->
                writer(server.target(), ValueLayout.PACKED, lists(1, 0, 1))
                    .option("scores", true)
                    .save())
        .hasMessageContaining("no column 'scores'");
    assertThatThrownBy(
            () -> write(ValueLayout.PACKED, frame(List.of(), DataTypes.DoubleType)).save())
        .hasMessageContaining("column 'scores' holds DOUBLE instead of FLOAT");
    assertThat(reason(scored(0, List.of("1", "2"), 1f))).contains("2 items has 1 scores");
    assertThat(reason(scored(0, List.of("1"), Float.NaN))).contains("score 1 of a list is NaN");
    assertThat(reason(RowFactory.create(user(0).toString(), new String[] {"1"}, null)))
        .contains("a list has no scores");
    assertThat(
            reason(RowFactory.create(user(0).toString(), new String[] {"1"}, new Float[] {null})))
        .contains("score 1 of a list is null");
    assertThat(published().list()).noneMatch(PublishedGenerations.Entry::current);
  }

  /** On the machine's own server, since the artifact's is built with another allocator. */
  @ParameterizedTest
  @EnumSource(names = {"PACKED", "INDEXED", "BUCKETED"})
  void aServerTakesWhatWasForecast(ValueLayout layout) {
    Optional<Path> program = ServerBinary.onPath(System.getenv("PATH"));
    assumeTrue(program.isPresent(), "no redis-server on the PATH");
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 4000; user++) {
      rows.add(scored(user, items(user, 0, 50), new float[50]));
    }
    try (EmbeddedRedis own = EmbeddedRedis.startProgram(program.get())) {
      writer(own.target(), layout, frame(rows, DataTypes.FloatType))
          .option("scores", true)
          .option("run-id", "r")
          .save();
      long taken = new PublishedGenerations(own.target(), "recs:").report(layout, "r").bytes();
      long forecast = new MemoryForecast(4000, 50, CATALOGUE, "recs:", false, true).bytes(layout);
      assertThat(taken).isCloseTo(forecast, within(forecast / 20));
    }
  }

  private static String reason(Row row) {
    return writeFailure(write(ValueLayout.INDEXED, List.of(row))).getMessage();
  }

  private static DataFrameWriter<Row> write(ValueLayout layout, List<Row> rows) {
    return write(layout, frame(rows, DataTypes.FloatType));
  }

  private static DataFrameWriter<Row> write(ValueLayout layout, Dataset<Row> lists) {
    return writer(server.target(), layout, lists).option("prefix", PREFIX).option("scores", true);
  }

  private static Row scored(int user, List<String> items, float... scores) {
    return RowFactory.create(user(user).toString(), items.toArray(String[]::new), scores);
  }

  private static Dataset<Row> frame(List<Row> rows, DataType score) {
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("user", DataTypes.StringType)
            .add("items", DataTypes.createArrayType(DataTypes.StringType))
            .add("scores", DataTypes.createArrayType(score)));
  }

  private static byte[] stored(ValueLayout layout) {
    byte[] start = bytes(PREFIX + current(layout) + ":");
    try (RedisSession session = RedisSession.open(server.target())) {
      byte[] field = UuidForm.BINARY.bytes(user(0));
      return layout.buckets()
          ? (byte[]) session.call(Command.HGET, join(start, bytes("00000000")), field)
          : (byte[]) session.call(Command.GET, join(start, field));
    }
  }

  private static byte[] join(byte[] start, byte[] end) {
    byte[] joined = java.util.Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, joined, start.length, end.length);
    return joined;
  }

  private static List<Scored> readScored(ValueLayout layout, int user) {
    return readScored(layout, IntStream.of(user)).get(0);
  }

  private static List<List<Scored>> readScored(ValueLayout layout, IntStream users) {
    try (UnifiedJedis client = RedisSession.client(server.target())) {
      RecommendationReader reader = new RecommendationReader(client, PREFIX, layout.toString(), 0);
      return users.mapToObj(user -> reader.readScored(user(user))).toList();
    }
  }
}
