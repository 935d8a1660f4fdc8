package io.github.item2vec.job;

import io.github.item2vec.evaluate.Catalogue;
import io.github.item2vec.evaluate.Interval;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.PairedDifference;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.recommend.PopularItems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The model and its baselines on the same test part, as fields of run.json. Driver only. */
public final class Comparison {
  private final List<Integer> cutOffs;
  private final long seed;
  private final Catalogue catalogue;
  private final Map<String, Object> baselines = new LinkedHashMap<>();
  private final Map<String, Object> details = new LinkedHashMap<>();
  private MetricReport ours;

  Comparison(List<Integer> cutOffs, long seed, PopularItems popular) {
    this.cutOffs = cutOffs;
    this.seed = seed;
    this.catalogue =
        new Catalogue(
            popular.items(),
            IntStream.range(0, popular.size()).mapToLong(popular::count).toArray());
  }

  /** The model's lists. */
  MetricReport model(Dataset<Row> lists, long vectorBytes) {
    ours = TopKEvaluator.report(lists, cutOffs, seed, catalogue);
    details.put("model", details(ours, Map.of(), vectorBytes));
    return ours;
  }

  /**
   * Trains and measures a baseline, after the model.
   *
   * @param training what trains it; the time and memory of this and of its lists are measured
   */
  void baseline(String name, Supplier<Contender> training) {
    PeakHeap.reset();
    long start = System.nanoTime();
    Contender contender = training.get();
    double trained = seconds(start);
    Dataset<Row> lists = contender.lists().persist(StorageLevel.MEMORY_AND_DISK());
    long recommending = System.nanoTime();
    lists.count();
    double recommended = seconds(recommending);
    MetricReport report = TopKEvaluator.report(lists, cutOffs, seed, catalogue);
    lists.unpersist();
    Map<String, Object> fields = details(report, contender.params(), contender.vectorBytes());
    fields.put("trainSeconds", trained);
    fields.put("recommendSeconds", recommended);
    fields.put("peakHeapBytes", PeakHeap.bytes());
    if (report.users() > 0) {
      fields.put("modelMinusThis", difference(ours.minus(report, Gate.METRIC)));
    }
    baselines.put(name, report.metrics());
    details.put(name, fields);
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / 1e6) / 1000.0;
  }

  private static Map<String, Object> details(
      MetricReport report, Map<String, Object> params, long vectorBytes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("params", params);
    fields.put("vectorBytes", vectorBytes);
    fields.putAll(intervals(report));
    return fields;
  }

  /** The field {@code intervals}: ends by metric. */
  public static Map<String, Object> intervals(MetricReport report) {
    Map<String, Object> intervals = new LinkedHashMap<>();
    report
        .intervals()
        .forEach(
            (metric, interval) -> intervals.put(metric, List.of(interval.low(), interval.high())));
    return Map.of("intervals", intervals);
  }

  /** A paired difference in {@link Gate#METRIC}. */
  public static Map<String, Object> difference(PairedDifference difference) {
    Interval interval = difference.interval();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metric", Gate.METRIC);
    fields.put("mean", difference.mean());
    fields.put("interval", List.of(interval.low(), interval.high()));
    fields.put("pValue", difference.pValue());
    return fields;
  }

  /** Metrics by baseline. */
  Map<String, Object> baselines() {
    return baselines;
  }

  /** Intervals, times and memory by baseline, and of the model. */
  Map<String, Object> details() {
    return details;
  }

  /** Who is in the means and who is not. */
  static Map<String, Object> users(MetricReport report) {
    Map<String, Object> users = new LinkedHashMap<>();
    users.put("evaluated", report.users());
    users.put("withoutTest", report.usersWithoutTest());
    users.put("cold", report.coldUsers());
    users.put("withoutList", report.usersWithoutList());
    users.put("withoutTestItemInTrain", report.usersWithoutReachableItem());
    return users;
  }
}
