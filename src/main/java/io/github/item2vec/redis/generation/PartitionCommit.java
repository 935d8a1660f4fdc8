package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.RecommendationReader;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** What one successful task wrote, with a few of its lists to be read back by the driver. */
public record PartitionCommit(ListDigest lists, long items, long commands, List<Sample> samples)
    implements WriterCommitMessage {
  private static final long serialVersionUID = 1L;

  /** A user's list as it was written; no scores when they were not. */
  public record Sample(UUID user, List<UUID> items, List<Float> scores)
      implements java.io.Serializable {
    boolean matches(List<RecommendationReader.Scored> read) {
      return items.equals(read.stream().map(RecommendationReader.Scored::item).toList())
          && (scores.isEmpty()
              || scores.equals(read.stream().map(RecommendationReader.Scored::score).toList()));
    }
  }
}
