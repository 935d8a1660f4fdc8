package io.github.item2vec.job.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.job.run.Failure;
import io.github.item2vec.job.run.Published;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.TooFewUsersException;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** What publishing costs in Spark, and that keys are what the mapping says. */
final class PublicationTest extends SparkTest {
  private static final int USERS = 500;
  private static final int ITEMS = 50;
  private static final List<String> CATALOGUE =
      IntStream.range(0, ITEMS).mapToObj(String::valueOf).toList();

  private static EmbeddedRedis redis;
  private static Dataset<Row> lists;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.startFromArtifact();
    lists =
        spark
            .range(0, USERS, 1, 3)
            .selectExpr(
                "if(id % 10 = 0, format_string('%08X-0000-4000-8000-000000000000', id),"
                    + " cast(id as string)) as user",
                "if(id = 7, null, transform(sequence(0, 9), i -> cast((id + i) % 50 as string)))"
                    + " as items")
            .cache();
    lists.count();
  }

  @AfterAll
  static void stop() {
    lists.unpersist();
    redis.close();
  }

  /** The plans of what is run. */
  private static final class Plans implements QueryExecutionListener {
    private final List<SparkPlan> plans = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onSuccess(String name, QueryExecution query, long nanos) {
      plans.add(query.executedPlan());
    }

    @Override
    public void onFailure(String name, QueryExecution query, Exception failure) {}

    /** Names of the operators that a write into Redis runs, each time it does. */
    List<List<String>> writes() {
      return plans.stream()
          .map(plan -> operators(plan).map(SparkPlan::nodeName).toList())
          .filter(
              names -> names.stream().anyMatch(name -> name.startsWith("OverwriteByExpression")))
          .toList();
    }
  }

  /** Without what lies behind a cache. */
  private static Stream<SparkPlan> operators(SparkPlan plan) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      return operators(adaptive.executedPlan());
    }
    if (plan instanceof QueryStageExec stage) {
      return operators(stage.plan());
    }
    return Stream.concat(
        Stream.of(plan),
        CollectionConverters.asJava(plan.children()).stream().flatMap(PublicationTest::operators));
  }

  @Test
  void listsAreNotShuffledForTheirKeys() throws Exception {
    Plans plans = published();

    assertThat(plans.writes()).hasSize(2);
    assertThat(plans.writes())
        .allSatisfy(
            names ->
                assertThat(names)
                    .anyMatch(name -> name.contains("InMemoryTableScan"))
                    .noneMatch(name -> name.contains("Exchange") || name.contains("Join")));
    assertThat(mapping())
        .containsEntry("3", IdMapping.users().uuid("3"))
        .containsEntry(
            "0000000A-0000-4000-8000-000000000000",
            UUID.fromString("0000000a-0000-4000-8000-000000000000"));
    assertPublishedUnder(mapping());
  }

  @Test
  void anOwnTableIsJoinedOnceForAllLayouts() throws Exception {
    String table = directory.resolve("users").toString();
    lists
        .select(
            col("user").as("id"),
            expr("format_string('00000000-0000-4000-9000-%012x', abs(hash(user)))").as("uuid"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(table);

    int cached = spark.sharedState().cacheManager().numCachedEntries();
    Plans plans = published("publish.user-ids=" + table);

    assertThat(plans.writes()).hasSize(2);
    assertThat(plans.writes())
        .allSatisfy(
            names ->
                assertThat(names)
                    .noneMatch(name -> name.contains("Exchange") || name.contains("Join")));
    assertThat(mapping().get("3").toString()).startsWith("00000000-0000-4000-9000-");
    assertPublishedUnder(mapping());
    assertThat(spark.sharedState().cacheManager().numCachedEntries()).isEqualTo(cached);
  }

  @Test
  void farFewerUsersThanInOneLayoutArePublishedInNone() throws Exception {
    String prefix = "publish.prefix=shrunk:";
    publish(lists, prefix, "publish.layout=bucketed");
    Dataset<Row> few = lists.where("length(user) = 1");
    assertThat(few.where("items is not null").count()).isEqualTo(8);

    Throwable refused = catchThrowable(() -> publish(few, prefix));

    assertThat(refused)
        .isInstanceOf(TooFewUsersException.class)
        .hasMessageContaining("8 users")
        .hasMessageContaining("readers of bucketed")
        .hasMessageContaining("has 499");
    assertThat(Failure.exitCode(refused)).isEqualTo(5);
    PublishedGenerations published = new PublishedGenerations(redis.target(), "shrunk:");
    assertThat(published.list()).hasSize(1);
    assertThat(published.verify(ValueLayout.BUCKETED)).isEqualTo(USERS - 1);

    Published forced = publish(few, prefix, "publish.min-users-share=0");
    assertThat(forced.all())
        .extracting(Published.Layout::users, Published.Layout::usersBefore)
        .containsExactly(tuple(8L, null), tuple(8L, 499L));
    assertThat(Summary.published(forced))
        .contains("list-text: 8 users, ")
        .contains("bucketed: 8 users (499 before), ");
  }

  private Plans published(String... settings) throws Exception {
    Plans plans = new Plans();
    spark.listenerManager().register(plans);
    try {
      publish(lists, settings);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.listenerManager().unregister(plans);
    }
    return plans;
  }

  private Published publish(Dataset<Row> some, String... settings) {
    try (RunOutput output =
        RunOutput.open(spark.sessionState().newHadoopConf(), directory.toString(), "test")) {
      return new Publication(spark, config(settings), Optional.of(redis.target()), output)
          .publish(UUID.randomUUID().toString(), Double.NaN, some, Optional.empty(), CATALOGUE);
    }
  }

  private static Publish config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of("publish.layout=list-text,bucketed", "publish.hash-max-listpack-value=256"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(List.of(), all).jobConfig().publish();
  }

  private Map<String, UUID> mapping() {
    Map<String, UUID> users = new HashMap<>();
    PublishedList.mapping(spark, directory.toString(), "users")
        .collectAsList()
        .forEach(row -> users.put(row.getString(0), UUID.fromString(row.getString(1))));
    return users;
  }

  /** Both layouts hold all lists under the mapped keys. */
  private void assertPublishedUnder(Map<String, UUID> users) {
    assertThat(users).hasSize(USERS);
    PublishedGenerations published = new PublishedGenerations(redis.target(), "recs:");
    for (ValueLayout layout : List.of(ValueLayout.LIST_TEXT, ValueLayout.BUCKETED)) {
      assertThat(published.verify(layout)).isEqualTo(USERS - 1);
      for (Row list : lists.where("items is not null").collectAsList()) {
        assertThat(published.list(layout, users.get(list.getString(0))))
            .isEqualTo(list.<String>getList(1).stream().map(IdMapping.items()::uuid).toList());
      }
    }
  }
}
