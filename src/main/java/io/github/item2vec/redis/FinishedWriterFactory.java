package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.PartitionCommit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;

/** For a run that has published this already: its writers take the rows and write nothing. */
final class FinishedWriterFactory implements DataWriterFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
    return new Discard();
  }

  private static final class Discard implements DataWriter<InternalRow> {
    @Override
    public void write(InternalRow row) {}

    @Override
    public PartitionCommit commit() {
      return PartitionCommit.NOTHING;
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
