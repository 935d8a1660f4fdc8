package io.github.item2vec.train.onetask;

import org.apache.spark.SparkContext;

/** How much memory an executor has, as far as the driver can know. */
public final class ExecutorHeap {
  private ExecutorHeap() {}

  /** Bytes of its heap; with a local master it is the driver's. */
  public static long of(SparkContext spark) {
    boolean inDriver = spark.isLocal() && !spark.master().startsWith("local-cluster");
    return inDriver
        ? Runtime.getRuntime().maxMemory()
        : spark.conf().getSizeAsBytes("spark.executor.memory", "1g");
  }
}
