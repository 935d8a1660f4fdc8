package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.Test;

final class DataSourceTest extends PublishFixture {
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
                    .format("item2vec-redis")
                    .mode(SaveMode.Overwrite)
                    .option("target", address())
                    .option("layout", "indexed")
                    .save())
        .hasMessageContaining("catalogue");
    assertThat(keys(server.target())).isZero();
  }

  @Test
  void sqlInsertsOverwrite() {
    lists(4, 0, 10).createOrReplaceTempView("lists");
    spark.sql("drop table if exists published");
    spark.sql(
        "create table published (user string, items array<string>) using `item2vec-redis` options (target '"
            + address()
            + "', prefix 'sql:', layout 'packed')");
    spark.sql("insert overwrite published select user, items from lists");
    spark.sql("drop table published");
    assertThat(new PublishedGenerations(server.target(), "sql:").list(ValueLayout.PACKED, user(2)))
        .isEqualTo(uuids(items(2, 0, 10)));
  }

  /** Spark creates such a table without the options of the write. */
  @Test
  void aTableThatWouldForgetWhereItsListsAreIsRefused() {
    Dataset<Row> lists = lists(4, 0, 10).select("user", "items");
    spark.sql("drop table if exists forgetful");
    assertThatThrownBy(
            () ->
                lists
                    .write()
                    .format("item2vec-redis")
                    .mode(SaveMode.Overwrite)
                    .option("target", address())
                    .saveAsTable("forgetful"))
        .hasStackTraceContaining("the table does not keep option 'target' of this write");
    assertThat(spark.catalog().tableExists("forgetful")).isFalse();

    spark.sql(
        "create table forgetful (user string, items array<string>) using `item2vec-redis` options (target '"
            + address()
            + "', prefix 'sql:')");
    assertThatThrownBy(
            () ->
                lists
                    .writeTo("forgetful")
                    .using("item2vec-redis")
                    .option("Prefix", "other:")
                    .createOrReplace())
        .hasStackTraceContaining("the table does not keep option 'prefix' of this write");
    assertThat(keys(server.target())).isZero();
  }

  @Test
  void aTableIsReplacedFromAQueryWithItsOptionsAndOneWriteHasItsOwn() {
    lists(4, 0, 10).createOrReplaceTempView("lists");
    spark.sql("drop table if exists replaced");
    spark.sql(
        "create or replace table replaced using `item2vec-redis` options (target '"
            + address()
            + "', prefix 'sql:') as select user, items from lists");
    assertThat(spark.table("replaced").count()).isEqualTo(4);
    String one = " select user, items from lists limit 1";
    assertThatThrownBy(() -> spark.sql("insert overwrite replaced" + one))
        .hasStackTraceContaining("min-users-share = 0.5");
    spark.sql("insert overwrite replaced with ('min-users-share' = '0')" + one);
    assertThat(spark.table("replaced").count()).isEqualTo(1);
    spark.sql("drop table replaced");
  }

  @Test
  void aPathIsRefused() {
    assertThatThrownBy(() -> writer(server.target(), ValueLayout.PACKED, lists(1, 0, 1)).save("/x"))
        .hasMessageContaining("lists have no path");
    assertThatThrownBy(() -> spark.read().format("item2vec-redis").load("/x").count())
        .hasMessageContaining("lists have no path");
  }

  @Test
  void anUnknownOptionIsAnErrorWithTheNearestName() {
    assertThatThrownBy(
            () ->
                writer(server.target(), ValueLayout.LIST_TEXT, lists(1, 0, 1))
                    .option("Max-Conections", 3)
                    .save())
        .hasMessageContaining("unknown option 'max-conections'; did you mean 'max-connections'?");
    spark.sql("drop table if exists mistyped");
    spark.sql(
        "create table mistyped (user string, items array<string>) using `item2vec-redis` options"
            + " (target '"
            + address()
            + "', layuot 'packed') tblproperties (owner_team 'x')");
    lists(1, 0, 1).createOrReplaceTempView("lists");
    assertThatThrownBy(() -> spark.sql("insert overwrite mistyped select user, items from lists"))
        .hasMessageContaining("unknown option 'layuot'; did you mean 'layout'?");
    spark.sql("drop table mistyped");
    assertThat(keys(server.target())).isZero();
  }

  @Test
  void theFormerNameWorksWhereItIsAlone() {
    writer(server.target(), ValueLayout.PACKED, lists(3, 0, 4)).format("redis").save();
    assertThat(new PublishedGenerations(server.target(), "recs:").list(ValueLayout.PACKED, user(2)))
        .isEqualTo(uuids(items(2, 0, 4)));
  }

  @Test
  void plansDoNotShowThePassword() throws Exception {
    String plan =
        planOf(
            () ->
                writer(
                        server.target().withPassword("s3cret"),
                        ValueLayout.LIST_TEXT,
                        lists(1, 0, 1))
                    .save());
    assertThat(plan).contains("redis").doesNotContain("s3cret");
  }

  @Test
  void plansDoNotShowALoginInTheTarget() throws Exception {
    try (EmbeddedRedis locked = EmbeddedRedis.startLocked()) {
      String password = locked.target().password();
      String target = "REDIS://default:" + password + "@127.0.0.1:" + locked.target().port();
      String plan =
          planOf(
              () ->
                  lists(1, 0, 1)
                      .write()
                      .format("item2vec-redis")
                      .mode(SaveMode.Overwrite)
                      .option("Target", target)
                      .save());
      assertThat(plan).contains("OverwriteByExpression").doesNotContain(password);
      assertThat(keys(locked.target())).isPositive();
    }
  }

  private static String planOf(Runnable write) throws Exception {
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
      write.run();
      return plan.get(60, TimeUnit.SECONDS);
    } finally {
      spark.listenerManager().unregister(listener);
    }
  }

  @Test
  void theDatabaseIsTheTargets() {
    writer(server.target().withDb(3), ValueLayout.LIST_TEXT, lists(2, 0, 5)).save();
    assertThat(keys(server.target())).isZero();
    assertThat(keys(server.target().withDb(3)))
        .isEqualTo(2 + 4 + 1 + 2); // the fence, an index of each task
  }
}
