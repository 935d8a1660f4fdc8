package io.github.item2vec.job;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.job.publish.Layouts;
import io.github.item2vec.job.publish.PublishedList;
import io.github.item2vec.job.run.Published;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The job on planted ratings of ML-100k's size, in several layouts, and what came of it. Driver
 * only.
 */
public final class Demo {
  private static final long USERS = 943;
  private static final int ITEMS = 1682;
  private static final long ROWS = 100_000;
  private static final int SHOWN = 5;
  private static final String RATINGS = "ratings";
  private static final String HIT_RATE = RankingMetric.HIT_RATE.at(RankingMetric.K);

  private Demo() {}

  /** Where the demo puts its ratings below the output directory, as an input names files. */
  public static String ratings(String output) {
    return SavedTable.pattern(new Path(output, RATINGS).toString());
  }

  /** Generates, runs and describes; {@code config} reads from {@link #ratings}. */
  public static String run(SparkSession spark, JobConfig config, RedisTarget redis, String output) {
    String ratings = new Path(output, RATINGS).toString();
    try (Console.Stage generate = Console.standard().begin("generate", "planted ratings")) {
      PlantedInput.write(spark, USERS, ITEMS, ROWS, config.training().seed(), ratings);
      generate.done(String.format(Locale.ROOT, "%,d rows", ROWS));
    }
    RunManifest run = Item2VecJob.run(spark, config, Optional.of(redis), output);
    return Summary.of(run)
        + gain(run.record())
        + memory(run.record().publish())
        + sample(spark, config, redis, output);
  }

  private static String gain(RunRecord run) {
    double model = run.metrics().get(HIT_RATE);
    double popularity = run.baselines().get("popularity").get(HIT_RATE);
    return String.format(
        Locale.ROOT,
        "%nA list of 10 holds a held-out item for %.1f %% of the users, the popularity list for"
            + " %.1f %%: %.1f times as many.%n",
        100 * model,
        100 * popularity,
        model / popularity);
  }

  private static String memory(Published published) {
    long text = published.all().get(0).bytes();
    StringBuilder table = new StringBuilder("\nRedis memory\n");
    for (Published.Layout layout : published.all()) {
      table.append(
          String.format(
              Locale.ROOT,
              "  %-12s %,10d bytes  %5.2f MB  %.2f of text%n",
              layout.layout(),
              layout.bytes(),
              layout.bytes() / 1e6,
              (double) layout.bytes() / text));
    }
    return table.toString();
  }

  private static String sample(
      SparkSession spark, JobConfig config, RedisTarget redis, String output) {
    String user =
        SavedTable.parquet(spark, new Path(output, "recommendations").toString())
            .orderBy("user")
            .first()
            .getString(0);
    StringBuilder text = new StringBuilder("\nUser " + user + ", read back from Redis\n");
    for (ValueLayout layout : Layouts.of(config.publish())) {
      List<String> items =
          PublishedList.read(
              spark.sessionState().newHadoopConf(),
              redis,
              layout,
              config.publish().prefix(),
              output,
              user);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-12s %d items, first %s%n",
              layout,
              items.size(),
              items.subList(0, Math.min(SHOWN, items.size()))));
    }
    return text.toString();
  }
}
