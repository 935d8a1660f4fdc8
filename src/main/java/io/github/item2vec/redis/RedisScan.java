package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.PinnedGeneration;
import io.github.item2vec.redis.generation.ReadOptions;
import io.github.item2vec.redis.generation.Slice;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.IdNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;

/**
 * One read of one generation: the whole of it in slices, or the users that the query names. Driver
 * only; which generation was decided when the query was planned.
 */
final class RedisScan implements Scan, Batch, SupportsReportStatistics {
  /** Named users of one task: a few round trips. */
  private static final int USERS_A_SLICE = 5_000;

  /** Of an item and its score in a row, in bytes. */
  private static final long ITEM_BYTES = 56;

  private final SparkSession spark;
  private final ReadOptions options;
  private final PinnedGeneration generation;
  private final StructType schema;
  private final UserFilter users;
  private InputPartition[] partitions;

  RedisScan(
      SparkSession spark,
      ReadOptions options,
      PinnedGeneration generation,
      StructType schema,
      UserFilter users) {
    this.spark = spark;
    this.options = options;
    this.generation = generation;
    this.schema = schema;
    this.users = users;
  }

  @Override
  public StructType readSchema() {
    return schema;
  }

  @Override
  public String description() {
    return "%s, %s"
        .formatted(
            generation,
            users.named().map(some -> "%,d users by name".formatted(some.size())).orElse("all"));
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public Statistics estimateStatistics() {
    long rows = users.named().map(some -> (long) some.size()).orElse(generation.users());
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(rows * ITEM_BYTES * (1 + generation.itemsPerList()));
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.of(rows);
      }
    };
  }

  @Override
  public InputPartition[] planInputPartitions() {
    if (partitions == null) {
      List<Slice> slices =
          users
              .named()
              .map(this::byName)
              .orElseGet(() -> generation.slices(parallelism(), options.maxConnections()));
      partitions = slices.toArray(InputPartition[]::new);
    }
    return partitions;
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    List<ReadColumn> columns = ReadColumn.of(schema);
    boolean allUsers = users.named().isEmpty() && columns.contains(ReadColumn.USER);
    return new RedisReaderFactory(
        generation,
        columns,
        allUsers ? names(RunIds.USERS) : null,
        columns.contains(ReadColumn.ITEMS) ? names(RunIds.ITEMS) : null,
        taskRate());
  }

  private List<Slice> byName(Set<String> names) {
    List<Slice.User> asked =
        options
            .ids()
            .map(directory -> new RunIds(spark, directory).users(names))
            .orElseGet(() -> names.stream().map(RedisScan::byUuid).toList());
    long most = options.maxConnections() > 0 ? options.maxConnections() : Integer.MAX_VALUE;
    long slices = Math.min(most, 1 + asked.size() / USERS_A_SLICE);
    int each = (int) (asked.size() / slices) + 1;
    List<Slice> all = new ArrayList<>();
    for (int from = 0; from < asked.size(); from += each) {
      int to = Math.min(from + each, asked.size());
      all.add(new Slice.Users(List.copyOf(asked.subList(from, to))));
    }
    return all;
  }

  /** An id that is no UUID would find nobody, without a word. */
  private static Slice.User byUuid(String text) {
    UUID user = IdMapping.users().uuid(text);
    if (!user.toString().equals(text)) {
      throw new IllegalArgumentException(
          ("redis: a filter asks for user '%s', but users are read by their UUIDs in lower case"
                  + " ('%s' by default): ask for that, or give option 'ids', the run's directory of"
                  + " that name")
              .formatted(text, user));
    }
    return new Slice.User(user, text);
  }

  /** Spark lets go of it when the scan is forgotten. */
  private Broadcast<IdNames> names(String table) {
    Optional<IdNames> names =
        options.ids().map(directory -> new RunIds(spark, directory).names(table));
    return names
        .map(JavaSparkContext.fromSparkContext(spark.sparkContext())::broadcast)
        .orElse(null);
  }

  private int parallelism() {
    return spark.sparkContext().defaultParallelism();
  }

  /** The share of a task in the allowed rate, when as many run as can. */
  private double taskRate() {
    int atATime = Math.min(planInputPartitions().length, parallelism());
    return (double) options.usersPerSecond() / Math.max(1, atATime);
  }
}
