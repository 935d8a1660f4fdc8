package io.github.item2vec.job.publish;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.redis.layout.MemoryForecast;
import io.github.item2vec.redis.layout.ValueLayout;

/**
 * What a publish would take of a server's memory.
 *
 * @param users their lists
 * @param similar the lists of similar items, of no items when none are published
 */
record Forecast(MemoryForecast users, MemoryForecast similar) {

  /**
   * With the similar items that are configured.
   *
   * @param users lists
   * @param longest list of them
   * @param catalogue items of the dictionary
   * @param items that have a list of similar items
   */
  static Forecast of(Publish config, long users, int longest, int catalogue, long items) {
    MemoryForecast lists =
        new MemoryForecast(
            users, longest, catalogue, config.prefix(), !config.ttl().isZero(), config.scores());
    int k = (int) Math.min(config.similarItems(), Math.max(0, items - 1));
    return new Forecast(lists, lists.similar(k == 0 ? 0 : items, k));
  }

  /** Bytes of all. */
  long bytes(ValueLayout layout) {
    return users.bytes(layout) + similarBytes(layout);
  }

  /** Bytes of the similar items among them. */
  long similarBytes(ValueLayout layout) {
    return similar.users() == 0 ? 0 : similar.listBytes(layout);
  }
}
