package io.github.item2vec.job.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.item2vec.redis.generation.PublishReport;
import java.util.List;

/**
 * What a run has published: run.json's {@code publish}. Written as the first layout's fields, and
 * with more than one layout all of them under {@code layouts}; {@code "target": "none"} when there
 * was no Redis.
 *
 * @param all a layout each, none without a Redis
 */
public record Published(@JsonIgnore List<Layout> all) {
  /** No Redis. */
  public static final Published NOWHERE = new Published(List.of());

  /**
   * A layout of a target; the figures are those of {@link PublishReport}, {@code usersBefore} null
   * and not written when that is empty.
   */
  public record Layout(
      String target,
      String layout,
      String prefix,
      String generation,
      long users,
      Long usersBefore,
      long items,
      long similarItems,
      long commands,
      long bytes,
      long bytesBefore,
      long bytesAfter,
      long bytesDelta) {
    public static Layout of(String target, String layout, String prefix, PublishReport report) {
      return new Layout(
          target,
          layout,
          prefix,
          report.generation(),
          report.users(),
          report.usersBefore().isPresent() ? report.usersBefore().getAsLong() : null,
          report.items(),
          report.similarItems(),
          report.commands(),
          report.bytes(),
          report.bytesBefore(),
          report.bytesAfter(),
          report.bytesDelta());
    }
  }

  /** Users with a list in each layout. */
  public long users() {
    return all.isEmpty() ? 0 : all.get(0).users();
  }

  @JsonProperty("target")
  String nowhere() {
    return all.isEmpty() ? "none" : null;
  }

  @JsonUnwrapped
  @JsonProperty
  Layout first() {
    return all.isEmpty() ? null : all.get(0);
  }

  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  List<Layout> layouts() {
    return all.size() > 1 ? all : List.of();
  }
}
