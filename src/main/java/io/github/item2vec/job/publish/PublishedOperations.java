package io.github.item2vec.job.publish;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What operators do with published generations, told as text. Driver only; without Spark, but for
 * the contents of lists.
 */
public final class PublishedOperations {
  private PublishedOperations() {}

  /** A line a generation, oldest first; the star is what readers follow. */
  public static String list(Publish config, Optional<RedisTarget> target) {
    StringBuilder text = new StringBuilder();
    line(text, "", "id", "layout", "state", "users", "bytes", "started", "run");
    for (PublishedGenerations.Entry entry : generations(config, target).list()) {
      line(
          text,
          entry.current() ? "*" : "",
          entry.id(),
          entry.layout(),
          entry.state(),
          entry.users(),
          entry.bytes(),
          entry.startedAt(),
          Printable.line(entry.run()));
    }
    return text.toString();
  }

  /** Looks whether all users of each configured layout are there; else a failure of Redis. */
  public static String verify(Publish config, Optional<RedisTarget> target) {
    StringBuilder text = new StringBuilder();
    Layouts.of(config).forEach(layout -> text.append(verified(config, target, layout)));
    return text.toString();
  }

  /**
   * The same, and whether each list of a run's output is what readers get; a Spark job per layout.
   */
  public static String verifyContents(
      SparkSession spark, Publish config, Optional<RedisTarget> target, String output) {
    StringBuilder text = new StringBuilder();
    for (ValueLayout layout : Layouts.of(config)) {
      ListCheck check = new ListCheck(spark, config, target.orElseThrow(), output);
      text.append(verified(config, target, layout))
          .append(
              "%s: all %,d lists of %s are what readers get%n"
                  .formatted(layout, check.require(layout), output));
      long similar = check.requireSimilar(layout);
      if (similar > 0) {
        text.append(
            "%s: the similar items of all %,d items of %s are what readers get%n"
                .formatted(layout, similar, output));
      }
    }
    return text.toString();
  }

  private static String verified(Publish config, Optional<RedisTarget> target, ValueLayout layout) {
    PublishedGenerations published = generations(config, target);
    long users = published.verify(layout);
    long items = published.similarItems(layout);
    return "%s: all %,d lists are there%s%n"
        .formatted(
            layout,
            users,
            items == 0 ? "" : ", and the similar items of %,d items".formatted(items));
  }

  /**
   * Flips each configured layout back by one generation, or to the named ones, when all of them are
   * whole.
   *
   * @param run only where readers follow this run's generation: a second time changes nothing;
   *     empty for any
   * @param ids of the generations to follow, back or forward; empty for the ones before
   */
  public static String rollback(
      Publish config, Optional<RedisTarget> target, Optional<String> run, List<String> ids) {
    PublishedGenerations published = generations(config, target);
    if (!ids.isEmpty() && run.isPresent()) {
      throw new ConfigException("rollback: give --to or --run-id, not both");
    }
    StringBuilder text = new StringBuilder();
    (ids.isEmpty() ? published.rollback(Layouts.of(config), run) : published.rollbackTo(ids))
        .forEach((layout, id) -> text.append("%s: readers follow %s%n".formatted(layout, id)));
    return text.toString();
  }

  /** Keeps {@code publish.keep} generations of each layout. */
  public static String prune(Publish config, Optional<RedisTarget> target) {
    return "removed: %s%n".formatted(generations(config, target).prune(config.keep()));
  }

  private static PublishedGenerations generations(Publish config, Optional<RedisTarget> target) {
    return new PublishedGenerations(
        target.orElseThrow(() -> new ConfigException("give the Redis, --redis HOST:PORT")),
        config.prefix());
  }

  private static void line(StringBuilder text, Object... columns) {
    text.append(String.format(Locale.ROOT, "%-1s %-8s %-12s %-9s %12s %15s %-24s %s%n", columns));
  }
}
