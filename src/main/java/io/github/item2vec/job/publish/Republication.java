package io.github.item2vec.job.publish;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Evaluation.GateRule;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.job.run.GateCheck;
import io.github.item2vec.job.run.Published;
import io.github.item2vec.job.run.RunFile;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Publishes the lists that an earlier run has saved; the run's id makes a second time harmless. */
public final class Republication {
  private Republication() {}

  /** Publishes in the configured layouts and tells what is in Redis then. */
  public static String publish(
      SparkSession spark, Publish config, Optional<RedisTarget> target, String output) {
    if (target.isEmpty()) {
      throw new ConfigException("publish: give the Redis, --redis HOST:PORT");
    }
    Publication.preflight(target, config);
    Configuration hadoop = spark.sessionState().newHadoopConf();
    String run = SavedLists.run(hadoop, output).runId();
    try (RunOutput held = RunOutput.open(hadoop, output, run)) {
      SavedLists saved = SavedLists.open(spark, output); // another run may have come between
      Publication publication = new Publication(spark, config, target, held);
      Optional<Dataset<Row>> similar = SimilarLists.open(spark, output, config.similarItems());
      List<String> items = saved.items(similar);
      publication.requireRoom(saved.count(), items.size(), saved.longest());
      held.requireHeld();
      Published published =
          publication.publish(saved.runId(), saved.quality(), saved.lists(), similar, items);
      return Summary.published(published);
    }
  }

  /**
   * Sees that no list would go back in time, where ids of runs are in the order of their dates.
   *
   * @throws RedisException when readers follow a run whose id comes after this output's
   */
  public static void requireLatest(
      SparkSession spark, Publish config, Optional<RedisTarget> target, String output) {
    String run = SavedLists.open(spark, output).runId();
    List<PublishedGenerations.Entry> entries =
        target
            .map(server -> new PublishedGenerations(server, config.prefix()).list())
            .orElse(List.of());
    for (PublishedGenerations.Entry entry : entries) {
      if (entry.current()
          && Layouts.of(config).contains(ValueLayout.of(entry.layout()))
          && entry.run().compareTo(run) > 0) {
        throw new RedisException(
            ("readers of %s follow run %s, which comes after %s: not published (--in-order); to go"
                    + " back on purpose use rollback, or publish without --in-order")
                .formatted(entry.layout(), entry.run(), run));
      }
    }
  }

  /**
   * Asks {@code evaluation.gate} by the figures that the run has measured; no list is read.
   *
   * @return a line that says what was compared; empty without a gate or without a Redis
   * @throws io.github.item2vec.job.run.GateException when the gate refuses
   * @throws BadInputException when the run has measured nothing that the gate could compare
   */
  public static String requireGate(
      SparkSession spark, JobConfig config, Optional<RedisTarget> target, String output) {
    if (target.isEmpty() || !config.evaluation().gated()) {
      return "";
    }
    RunFile run = SavedLists.run(spark.sessionState().newHadoopConf(), output);
    boolean popularity = config.evaluation().gate().contains(GateRule.POPULARITY);
    if (Double.isNaN(run.quality()) || (popularity && Double.isNaN(run.popularity()))) {
      throw new BadInputException(
          ("run.json in %s has no %s of the model%s, which evaluation.gate compares: run again, or"
                  + " publish with -D evaluation.gate=off")
              .formatted(output, RunRecord.METRIC, popularity ? " or of popularity" : ""));
    }
    GateCheck check =
        new Gate(config.evaluation())
            .check(
                run.quality(),
                run.popularity(),
                target.get(),
                config.publish().prefix(),
                Layouts.of(config.publish()));
    check.require();
    return check.toLine() + "\n";
  }

  /** What each layout would take, without a Redis. */
  public static String forecast(SparkSession spark, Publish config, String output) {
    SavedLists saved = SavedLists.open(spark, output);
    Optional<Dataset<Row>> similar = SimilarLists.open(spark, output, config.similarItems());
    Forecast forecast =
        Forecast.of(
            config,
            saved.count(),
            saved.longest(),
            saved.items(similar).size(),
            similar.map(Dataset::count).orElse(0L));
    StringBuilder text = new StringBuilder(heading(forecast));
    long most = forecast.bytes(ValueLayout.LIST_TEXT);
    for (ValueLayout layout : ValueLayout.values()) {
      long bytes = forecast.bytes(layout);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-12s %,15d bytes %9.1f a user  %5.3f of list-text%s%s%n",
              layout,
              bytes,
              (double) bytes / forecast.users().users(),
              (double) bytes / most,
              similar.isEmpty()
                  ? ""
                  : "  similar items %,d bytes".formatted(forecast.similarBytes(layout)),
              Layouts.of(config).contains(layout) ? "  *" : ""));
    }
    return text + "twice that while the generation before it stays (publish.keep)\n";
  }

  private static String heading(Forecast forecast) {
    MemoryForecast users = forecast.users();
    MemoryForecast similar = forecast.similar();
    return "%,d lists of %d of %,d items%s, %s:%n"
        .formatted(
            users.users(),
            users.items(),
            users.catalogue(),
            similar.users() == 0
                ? ""
                : ", and %,d of %d similar items".formatted(similar.users(), similar.items()),
            users.expires() ? "expiring" : "without expiry");
  }
}
