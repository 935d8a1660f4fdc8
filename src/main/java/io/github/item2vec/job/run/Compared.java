package io.github.item2vec.job.run;

import io.github.item2vec.evaluate.Interval;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.PairedDifference;
import java.util.Map;

/**
 * A model of run.json's {@code comparison}: how sure its metrics are and what it cost. Of the model
 * that the run is about the first four, because its lists are timed as a stage; of those of {@code
 * tune} the intervals alone. Null is not written.
 *
 * @param params that were chosen for it, by name
 * @param vectorBytes memory of what scores, 0 for popularity
 * @param intervals by metric
 * @param peakHeapBytes of training it and of its lists
 * @param modelMinusThis null, too, when no user was evaluated
 */
public record Compared(
    Map<String, Object> params,
    Long vectorBytes,
    Map<String, Interval> intervals,
    Double trainSeconds,
    Double recommendSeconds,
    Long peakHeapBytes,
    Difference modelMinusThis) {

  /**
   * The model that the run is about.
   *
   * @param trainSeconds null where it was not trained
   */
  public static Compared model(MetricReport report, long vectorBytes, Double trainSeconds) {
    return new Compared(Map.of(), vectorBytes, report.intervals(), trainSeconds, null, null, null);
  }

  /** A model of {@code tune}. */
  public static Compared tuned(MetricReport report) {
    return new Compared(null, null, report.intervals(), null, null, null, null);
  }

  /** A paired difference. */
  public record Difference(String metric, double mean, Interval interval, double pValue) {
    /** In {@link RunRecord#METRIC}. */
    public static Difference of(PairedDifference difference) {
      return new Difference(
          RunRecord.METRIC, difference.mean(), difference.interval(), difference.pValue());
    }
  }
}
