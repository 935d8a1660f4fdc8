package io.github.item2vec.job.publish;

import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.redis.layout.ValueLayout;
import java.util.List;

/** {@code publish.layout} in the words of the data source. */
public final class Layouts {
  private Layouts() {}

  /** The configured layouts, in their order. */
  public static List<ValueLayout> of(Publish config) {
    return config.layouts().stream().map(Layouts::of).toList();
  }

  private static ValueLayout of(Publish.Layout layout) {
    return switch (layout) {
      case LIST_TEXT -> ValueLayout.LIST_TEXT;
      case LIST_BINARY -> ValueLayout.LIST_BINARY;
      case PACKED -> ValueLayout.PACKED;
      case INDEXED -> ValueLayout.INDEXED;
      case BUCKETED -> ValueLayout.BUCKETED;
    };
  }
}
