package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.NewGeneration;
import io.github.item2vec.redis.generation.PartitionCommit;
import io.github.item2vec.redis.generation.RedisOptions;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.layout.ItemDictionary;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * One write as Spark drives it: opens a generation, hands out the writers' factory, and commits or
 * aborts. Driver only; Spark's commit coordinator lets one attempt of each task count.
 */
final class GenerationWrite implements BatchWrite {
  private final SparkSession spark;
  private final RedisOptions options;
  private final RowColumns columns;
  private Optional<NewGeneration> generation = Optional.empty();
  private Optional<Broadcast<ItemDictionary>> catalogue = Optional.empty();

  GenerationWrite(SparkSession spark, RedisOptions options, RowColumns columns) {
    this.spark = spark;
    this.options = options;
    this.columns = columns;
  }

  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    RedisServerCheck.require(options.target(), options.keys().prefix());
    Optional<ItemDictionary> items = options.catalogue().map(this::read);
    catalogue = items.map(JavaSparkContext.fromSparkContext(spark.sparkContext())::broadcast);
    generation = NewGeneration.begin(options, items);
    return generation.isPresent()
        ? new RedisWriterFactory(
            generation.get().spec(), columns, catalogue.orElse(null), taskRate(info))
        : new FinishedWriterFactory();
  }

  @Override
  public void commit(WriterCommitMessage[] messages) {
    generation.ifPresent(
        begun ->
            begun.commit(
                Arrays.stream(messages).map(message -> (PartitionCommit) message).toList()));
    catalogue.ifPresent(Broadcast::destroy);
  }

  @Override
  public void abort(WriterCommitMessage[] messages) {
    generation.ifPresent(NewGeneration::abort);
    catalogue.ifPresent(Broadcast::destroy);
  }

  /** The share of a task in the allowed rate, when as many run as can. */
  private double taskRate(PhysicalWriteInfo info) {
    int atATime = Math.min(info.numPartitions(), spark.sparkContext().defaultParallelism());
    return (double) options.usersPerSecond() / Math.max(1, atATime);
  }

  private ItemDictionary read(String table) {
    return ItemDictionary.of(
        spark
            .read()
            .table(table)
            .selectExpr("cast(id as string)", "cast(uuid as string)")
            .collectAsList());
  }
}
