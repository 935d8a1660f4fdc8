package io.github.item2vec.train.distributed;

import org.apache.spark.Partitioner;

/**
 * Partition and order of a shipment in one key: what is sent to a partition arrives in order,
 * however much it is, as Spark's shuffle sorts on disk what memory does not hold.
 */
final class ByOrder extends Partitioner {
  private static final long serialVersionUID = 1L;

  private static final int PIECE_BITS = 20;
  private static final int ORDER_BITS = 40;

  private final int partitions;

  ByOrder(int partitions) {
    this.partitions = partitions;
  }

  /**
   * @param slice below 2^20
   * @param piece below 2^20
   */
  static long key(int partition, int slice, int piece) {
    return (long) partition << ORDER_BITS | (long) slice << PIECE_BITS | piece;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return (int) ((long) key >>> ORDER_BITS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByOrder order && order.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
