package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.RedisOptions;
import io.github.item2vec.text.Address;
import io.github.item2vec.text.Redaction;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch sink {@code df.write().format("item2vec-redis").mode("overwrite").option(...).save()}:
 * the columns {@code user} (string) and {@code items} (array of strings, best first) become one
 * list a user, under a new generation that readers see as a whole when all of it is stored and
 * checked. {@code spark.read().format("item2vec-redis").option(...).load()} gives the lists of one
 * generation back, with {@code scores} where it has them. Options: see {@code
 * src/site/markdown/redis.md}. Driver only; found by name through {@code META-INF/services}, under
 * the name {@value #NAME}, which is its own.
 */
public class RedisDataSource implements TableProvider, DataSourceRegister {
  /** What Spark finds it by: {@value}. */
  public static final String NAME = "item2vec-redis";

  private static final Logger LOG = LoggerFactory.getLogger(RedisDataSource.class);
  private static final String OPTIONS_REDACTION = "spark.sql.redaction.options.regex";

  @Override
  public String shortName() {
    return NAME;
  }

  /** What is read when nobody says otherwise; it needs no look at the server. */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ReadColumn.schema();
  }

  /** The schema is the data's own. */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    hideLogin(new CaseInsensitiveStringMap(properties).get(RedisOptions.TARGET));
    return new RedisTable(schema, properties);
  }

  /**
   * A plan shows the options of a write; Spark is told not to show this one before there is one.
   */
  private static void hideLogin(String target) {
    if (target == null || Address.of(target).login() == null) {
      return;
    }
    RuntimeConfig settings = SparkSession.active().conf();
    settings.set(OPTIONS_REDACTION, Redaction.with(settings.get(OPTIONS_REDACTION)));
    if (Address.of(target).hasPassword()) {
      LOG.warn("option target holds a password: give it by option password or REDIS_PASSWORD");
    }
  }
}
