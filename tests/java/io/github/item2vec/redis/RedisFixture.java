package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.item2vec.SparkTest;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.pipeline.ListWrite;
import io.github.item2vec.redis.pipeline.WriteRouter;
import io.github.item2vec.redis.server.CommandBuffer;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import redis.clients.jedis.Protocol.Command;

/** Lists to publish and raw commands to look at what was stored. */
public abstract class RedisFixture extends SparkTest {
  public static final int CATALOGUE = 300;

  private static final StructType SCHEMA =
      new StructType()
          .add(RowColumns.USER, DataTypes.StringType)
          .add("score", DataTypes.DoubleType)
          .add(RowColumns.ITEMS, DataTypes.createArrayType(DataTypes.StringType));

  /** A view with the catalogue, in another order than the ids'. */
  public static String catalogue() {
    List<Row> rows =
        IntStream.range(0, CATALOGUE)
            .mapToObj(n -> Integer.toString(CATALOGUE - 1 - n))
            .map(item -> RowFactory.create(item, IdMapping.items().uuid(item).toString()))
            .toList();
    StructType schema =
        new StructType().add("id", DataTypes.StringType).add("uuid", DataTypes.StringType);
    spark.createDataFrame(rows, schema).createOrReplaceTempView("catalogue");
    return "catalogue";
  }

  public static DataFrameWriter<Row> writer(
      RedisTarget target, ValueLayout layout, Dataset<Row> lists) {
    DataFrameWriter<Row> writer =
        lists
            .write()
            .format("item2vec-redis")
            .mode(SaveMode.Overwrite)
            .option("target", target.withUser("").withPassword("").toString())
            .option("user", target.user())
            .option("password", target.password())
            .option("layout", layout.toString())
            .option("catalogue", catalogue());
    return layout.buckets()
        ? writer.option("expected-users", lists.count()).option("hash-max-listpack-value", 256)
        : writer;
  }

  /** The reason of a write that has to fail. */
  public static RedisException writeFailure(DataFrameWriter<Row> writer) {
    return writeFailure(RedisException.class, writer);
  }

  /** The same of another kind. */
  public static <T extends Throwable> T writeFailure(Class<T> kind, DataFrameWriter<Row> writer) {
    Throwable thrown = catchThrowable(writer::save);
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return kind.cast(t);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName(), thrown);
  }

  public static UUID user(int number) {
    return IdMapping.users().uuid(Integer.toString(number));
  }

  /** The items of one user in one version of the lists: others for another user or version. */
  public static List<String> items(int user, int version, int length) {
    return IntStream.range(0, length)
        .mapToObj(rank -> Integer.toString((user * 7 + version * 31 + rank) % CATALOGUE))
        .toList();
  }

  public static List<UUID> uuids(List<String> items) {
    return items.stream().map(IdMapping.items()::uuid).toList();
  }

  public static Row row(UUID user, List<String> items) {
    return RowFactory.create(
        user.toString(), 0.5, items == null ? null : items.toArray(String[]::new));
  }

  public static Dataset<Row> lists(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  public static Dataset<Row> lists(int users, int version, int length) {
    MapFunction<Long, Row> rows =
        user -> row(user(user.intValue()), items(user.intValue(), version, length));
    return spark.range(0, users, 1, 3).map(rows, Encoders.row(SCHEMA));
  }

  public static Object call(RedisTarget target, Command command, String... arguments) {
    try (RedisSession session = RedisSession.open(target)) {
      byte[][] bytes = new byte[arguments.length][];
      for (int i = 0; i < arguments.length; i++) {
        bytes[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
      }
      return session.call(command, bytes);
    }
  }

  public static long keys(RedisTarget target) {
    return (long) call(target, Command.DBSIZE);
  }

  public static KeyWrite probe() {
    byte[][] members = {CommandBuffer.frame(UuidForm.TEXT.bytes(user(1)))};
    return new ListWrite("recs:probe".getBytes(StandardCharsets.US_ASCII), members, 0);
  }

  public static void writeWithoutCheck(RedisTarget target) {
    try (WriteRouter batch = new WriteRouter(Masters.read(target))) {
      batch.add(probe());
      batch.flush();
    }
  }

  public static RedisException refusal(RedisTarget target, String prefix) {
    return catchThrowableOfType(
        RedisException.class, () -> RedisServerCheck.require(target, prefix));
  }
}
