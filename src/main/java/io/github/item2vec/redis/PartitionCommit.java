package io.github.item2vec.redis;

import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** What one successful task wrote, with a few of its lists to be read back by the driver. */
record PartitionCommit(ListDigest lists, long items, long commands, List<Sample> samples)
    implements WriterCommitMessage {
  private static final long serialVersionUID = 1L;

  /** A user's list as it was written. */
  record Sample(UUID user, List<UUID> items) implements java.io.Serializable {}
}
