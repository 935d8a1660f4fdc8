package io.github.item2vec.train.distributed;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import scala.runtime.AbstractFunction1;

/** Some neighbouring partitions of an RDD, as an RDD. */
final class PartitionRange extends AbstractFunction1<Object, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int from;
  private final int to;

  PartitionRange(int from, int to) {
    this.from = from;
    this.to = to;
  }

  <T> JavaRDD<T> of(JavaRDD<T> rdd) {
    return PartitionPruningRDD.create(rdd.rdd(), this).toJavaRDD();
  }

  @Override
  public Object apply(Object partition) {
    int index = (int) partition;
    return index >= from && index < to;
  }
}
