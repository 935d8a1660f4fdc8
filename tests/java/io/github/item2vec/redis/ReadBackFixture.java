package io.github.item2vec.redis;

import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.layout.RecommendationReader.Scored;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import redis.clients.jedis.UnifiedJedis;

/** Random lists, written, and read back in two ways. */
final class ReadBackFixture {
  /** What is published: user, items, scores. */
  private static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("items", DataTypes.createArrayType(DataTypes.StringType))
          .add("scores", DataTypes.createArrayType(DataTypes.FloatType));

  private ReadBackFixture() {}

  /** Users of both kinds of ids, lists of 1 to 60 items. */
  static List<Row> randomLists(int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      String id =
          random.nextInt(3) == 0
              ? new UUID(random.nextLong(), random.nextLong()).toString()
              : "user " + user;
      int length = 1 + random.nextInt(60);
      String[] items = new String[length];
      Float[] scores = new Float[length];
      for (int i = 0; i < length; i++) {
        items[i] = Integer.toString(random.nextInt(RedisFixture.CATALOGUE));
        scores[i] = (float) random.nextDouble(-2, 3);
      }
      rows.add(RowFactory.create(id, items, scores));
    }
    return rows;
  }

  static void write(RedisTarget target, ValueLayout layout, String prefix, List<Row> rows) {
    RedisFixture.writer(target, layout, frame(rows))
        .option("prefix", prefix)
        .option("scores", layout.holdsScores())
        .save();
  }

  static Dataset<Row> frame(List<Row> rows) {
    return SparkSession.active().createDataFrame(rows, SCHEMA).repartition(3);
  }

  static DataFrameReader reader(RedisTarget target, ValueLayout layout, String prefix) {
    return SparkSession.active()
        .read()
        .format("item2vec-redis")
        .option("target", target.withUser("").withPassword("").toString())
        .option("password", target.password())
        .option("layout", layout.toString())
        .option("prefix", prefix);
  }

  /** What was read, by user; none may come twice. */
  static Map<String, List<Scored>> lists(Dataset<Row> read) {
    Map<String, List<Scored>> lists = new TreeMap<>();
    for (Row row : read.collectAsList()) {
      List<String> items = row.getList(row.fieldIndex("items"));
      int at = row.fieldIndex("scores");
      List<Float> scores = row.isNullAt(at) ? null : row.getList(at);
      List<Scored> list =
          IntStream.range(0, items.size())
              .mapToObj(
                  i ->
                      new Scored(
                          UUID.fromString(items.get(i)),
                          scores == null ? Float.NaN : scores.get(i)))
              .toList();
      if (lists.put(row.getAs("user"), list) != null) {
        throw new AssertionError("user " + row.getAs("user") + " came twice");
      }
    }
    return lists;
  }

  /** The literal way: a reader's round trip for each user that was written. */
  static Map<String, List<Scored>> oneByOne(
      RedisTarget target, ValueLayout layout, String prefix, List<Row> written) {
    Map<String, List<Scored>> lists = new TreeMap<>();
    try (UnifiedJedis client = RedisSession.client(target)) {
      RecommendationReader reader =
          new RecommendationReader(client, prefix, layout.toString(), 60_000);
      for (Row row : written) {
        UUID user = IdMapping.users().uuid(row.getString(0));
        lists.put(user.toString(), reader.readScored(user));
      }
    }
    return lists;
  }
}
