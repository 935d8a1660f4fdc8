package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.RecommendationReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * What one successful task wrote, or all of them together.
 *
 * @param users lists of users
 * @param similar lists of items
 * @param commands acknowledged
 */
public record PartitionCommit(Lists users, Lists similar, long commands)
    implements WriterCommitMessage {
  /** A task that wrote nothing. */
  public static final PartitionCommit NOTHING = new PartitionCommit(Lists.NONE, Lists.NONE, 0);

  private static final long serialVersionUID = 1L;

  /**
   * Lists of one kind.
   *
   * @param digest whose they are
   * @param items in all of them
   * @param samples a few, to be read back by the driver
   */
  public record Lists(ListDigest digest, long items, List<Sample> samples) implements Serializable {
    static final Lists NONE = new Lists(new ListDigest(), 0, List.of());

    Lists plus(Lists other) {
      ListDigest both = new ListDigest();
      both.add(digest);
      both.add(other.digest);
      List<Sample> all = new ArrayList<>(samples);
      all.addAll(other.samples);
      return new Lists(both, items + other.items, all);
    }
  }

  /** A list as it was written, and the user or item whose it is; no scores when they were not. */
  public record Sample(UUID owner, List<UUID> items, List<Float> scores) implements Serializable {
    boolean matches(List<RecommendationReader.Scored> read) {
      return items.equals(read.stream().map(RecommendationReader.Scored::item).toList())
          && (scores.isEmpty()
              || scores.equals(read.stream().map(RecommendationReader.Scored::score).toList()));
    }
  }

  static PartitionCommit sum(List<PartitionCommit> parts) {
    return parts.stream().reduce(NOTHING, PartitionCommit::plus);
  }

  private PartitionCommit plus(PartitionCommit other) {
    return new PartitionCommit(
        users.plus(other.users), similar.plus(other.similar), commands + other.commands);
  }
}
