package io.github.item2vec.item2vec;

import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Hears of the training task's accumulator in executors' heartbeats. Driver only. */
final class TrainingProgress extends SparkListener {
  private final LongAccumulator itemsTrained;
  private final long itemsPerEpoch;
  private final int epochs;
  private final ProgressListener listener;

  TrainingProgress(
      LongAccumulator itemsTrained, long itemsPerEpoch, int epochs, ProgressListener listener) {
    this.itemsTrained = itemsTrained;
    this.itemsPerEpoch = itemsPerEpoch;
    this.epochs = epochs;
    this.listener = listener;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        CollectionConverters.asJava(update.accumUpdates())) {
      for (AccumulableInfo info : CollectionConverters.asJava(task._4())) {
        if (info.id() == itemsTrained.id() && info.update().isDefined()) {
          report((long) info.update().get());
        }
      }
    }
  }

  private void report(long trained) {
    int epochsDone = (int) Math.min(epochs, trained / itemsPerEpoch);
    listener.progressed(
        epochsDone, epochs, Math.min(1, trained / ((double) itemsPerEpoch * epochs)));
  }
}
