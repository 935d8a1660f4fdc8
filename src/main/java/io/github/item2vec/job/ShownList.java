package io.github.item2vec.job;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.publish.Layouts;
import io.github.item2vec.job.publish.PublishedList;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.text.Printable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * One published list as text: rank, item id, title when a titles file is configured. Read in the
 * first of the configured layouts.
 */
public final class ShownList {
  private ShownList() {}

  /** A user's list. */
  public static String list(
      Configuration hadoop,
      JobConfig config,
      Optional<RedisTarget> target,
      String output,
      String user) {
    return text(
        hadoop,
        config,
        PublishedList.read(hadoop, server(target), layout(config), prefix(config), output, user));
  }

  /** The similar items of an item. */
  public static String similar(
      Configuration hadoop,
      JobConfig config,
      Optional<RedisTarget> target,
      String output,
      String item) {
    return text(
        hadoop,
        config,
        PublishedList.similar(
            hadoop, server(target), layout(config), prefix(config), output, item));
  }

  private static RedisTarget server(Optional<RedisTarget> target) {
    return target.orElseThrow(
        () -> new ConfigException("show: give the Redis to read from, --redis HOST:PORT"));
  }

  private static ValueLayout layout(JobConfig config) {
    return Layouts.of(config.publish()).get(0);
  }

  private static String prefix(JobConfig config) {
    return config.publish().prefix();
  }

  private static String text(Configuration hadoop, JobConfig config, List<String> items) {
    Titles titles = Titles.read(hadoop, config.input().titles());
    int width = items.stream().mapToInt(item -> Printable.line(item).length()).max().orElse(0);
    String row = "%" + String.valueOf(items.size()).length() + "d  %-" + width + "s  %s";
    StringBuilder text = new StringBuilder();
    for (int rank = 1; rank <= items.size(); rank++) {
      String item = items.get(rank - 1);
      String title = Printable.line(titles.of(item));
      text.append(row.formatted(rank, Printable.line(item), title).stripTrailing())
          .append(System.lineSeparator());
    }
    titles.warnIfNoneOf(items);
    return text.toString();
  }
}
