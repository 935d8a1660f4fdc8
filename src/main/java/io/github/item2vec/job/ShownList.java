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

/** One published list as text: rank, item id, title when a titles file is configured. */
public final class ShownList {
  private ShownList() {}

  /** Reads the list in the first of the configured layouts. */
  public static String list(
      Configuration hadoop,
      JobConfig config,
      Optional<RedisTarget> target,
      String output,
      String user) {
    RedisTarget server =
        target.orElseThrow(
            () -> new ConfigException("show: give the Redis to read from, --redis HOST:PORT"));
    ValueLayout layout = Layouts.of(config.publish()).get(0);
    List<String> items =
        PublishedList.read(hadoop, server, layout, config.publish().prefix(), output, user);
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
