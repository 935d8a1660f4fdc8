package io.github.item2vec.train.progress;

import io.github.item2vec.train.epoch.EpochResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hears of a training from its task's accumulators in executors' heartbeats, from a task in the
 * driver's own JVM after each epoch, or from the driver's own loop, and tells the listener. The
 * accumulators stand in the Spark UI too. Driver only.
 */
public final class ProgressReport extends SparkListener implements AutoCloseable {
  /** The trainings that this JVM drives, by their accumulator of items; empty on executors. */
  private static final Map<Long, ProgressReport> DRIVEN_HERE = new ConcurrentHashMap<>();

  private final SparkContext spark;
  private final LongAccumulator itemsTrained;
  private final CollectionAccumulator<EpochResult> epochsDone;
  private final long itemsPerEpoch;
  private final int epochs;
  private final ProgressListener listener;
  private final long start = System.nanoTime();
  private long trained;
  private List<EpochResult> results = List.of();

  public ProgressReport(
      SparkContext spark, long itemsPerEpoch, int epochs, ProgressListener listener) {
    this.spark = spark;
    this.itemsTrained = spark.longAccumulator("item2vec: items trained");
    this.epochsDone = new CollectionAccumulator<>();
    this.itemsPerEpoch = itemsPerEpoch;
    this.epochs = epochs;
    this.listener = listener == null ? progress -> {} : listener;
    spark.register(epochsDone, "item2vec: epochs");
    spark.addSparkListener(this);
    DRIVEN_HERE.put(itemsTrained.id(), this);
  }

  /**
   * Told by the training's task after an epoch. In local mode the driver hears of it at once, ten
   * seconds before a heartbeat; on an executor of a cluster it does nothing.
   */
  public static void epochDoneHere(
      LongAccumulator items, CollectionAccumulator<EpochResult> epochs) {
    ProgressReport report = DRIVEN_HERE.get(items.id());
    if (report != null) {
      report.heard(items.id(), items.value());
      report.heard(report.epochsDone.id(), epochs.value());
      report.report();
    }
  }

  public LongAccumulator itemsTrained() {
    return itemsTrained;
  }

  public CollectionAccumulator<EpochResult> epochsDone() {
    return epochsDone;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    boolean ours = false;
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        CollectionConverters.asJava(update.accumUpdates())) {
      for (AccumulableInfo info : CollectionConverters.asJava(task._4())) {
        ours |= info.update().isDefined() && heard(info.id(), info.update().get());
      }
    }
    if (ours) {
      report();
    }
  }

  private synchronized boolean heard(long accumulator, Object value) {
    if (accumulator == itemsTrained.id()) {
      trained = Math.max(trained, (long) value);
      return true;
    }
    if (accumulator == epochsDone.id()) {
      results = ((List<?>) value).stream().map(EpochResult.class::cast).toList();
      return true;
    }
    return false;
  }

  /** From the driver's own loop. */
  public synchronized void trained(long items, List<EpochResult> done) {
    trained = items;
    results = List.copyOf(done);
    report();
  }

  /**
   * The training has ended, maybe early: told once more, as a whole, because heartbeats miss its
   * last seconds.
   */
  public synchronized void ended(List<EpochResult> done) {
    trained = itemsPerEpoch * done.size();
    results = List.copyOf(done);
    report(1);
  }

  private synchronized void report() {
    report(Math.min(1, trained / ((double) itemsPerEpoch * epochs)));
  }

  private void report(double fraction) {
    double elapsed = (System.nanoTime() - start) / 1e9;
    EpochResult last = results.isEmpty() ? null : results.get(results.size() - 1);
    listener.progressed(
        new TrainingProgress(
            results.size(),
            epochs,
            fraction,
            trained / elapsed,
            fraction == 0 ? Double.NaN : elapsed / fraction - elapsed,
            last == null ? Double.NaN : last.loss(),
            last == null ? Double.NaN : last.validation()));
  }

  @Override
  public void close() {
    DRIVEN_HERE.remove(itemsTrained.id());
    spark.removeSparkListener(this);
  }
}
