package io.github.item2vec.job;

import io.github.item2vec.evaluate.Catalogue;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.Segments;
import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.job.run.Compared;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.recommend.ItemVectors;
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
final class Comparison {
  private static final String MODEL = "model";

  private final List<Integer> cutOffs;
  private final long seed;
  private final PopularItems popular;
  private Catalogue catalogue;
  private final Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
  private final Map<String, Compared> compared = new LinkedHashMap<>();
  private final Map<String, Segments> segments = new LinkedHashMap<>();
  private MetricReport ours;

  Comparison(List<Integer> cutOffs, long seed, PopularItems popular) {
    this.cutOffs = cutOffs;
    this.seed = seed;
    this.popular = popular;
  }

  /**
   * The model's lists.
   *
   * @param vectors its own, by which the diversity of all lists is measured, the baselines' too
   * @param trainSeconds null where the model was not trained
   */
  MetricReport model(Dataset<Row> lists, ItemVectors vectors, Double trainSeconds) {
    catalogue =
        Catalogue.withVectors(
            popular.items(),
            IntStream.range(0, popular.size()).mapToLong(popular::count).toArray(),
            item -> vectors.contains(item) ? vectors.context(item) : null);
    ours = TopKEvaluator.report(lists, cutOffs, seed, catalogue);
    segments.put(MODEL, ours.segments());
    compared.put(MODEL, Compared.model(ours, vectors.bytes(), trainSeconds));
    return ours;
  }

  /**
   * Trains and measures a baseline, after the model.
   *
   * @param training what trains it; the time and memory of this and of its lists are measured
   */
  MetricReport baseline(String name, Supplier<Contender> training) {
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
    baselines.put(name, report.metrics());
    segments.put(name, report.segments());
    compared.put(
        name,
        new Compared(
            contender.params(),
            contender.vectorBytes(),
            report.intervals(),
            trained,
            recommended,
            PeakHeap.bytes(),
            report.users() == 0
                ? null
                : Compared.Difference.of(ours.minus(report, RunRecord.METRIC))));
    return report;
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / 1e6) / 1000.0;
  }

  /** Metrics by baseline. */
  Map<String, Map<String, Double>> baselines() {
    return baselines;
  }

  /** Metrics by segment, by baseline, and of the model. */
  Map<String, Segments> segments() {
    return segments;
  }

  /** Intervals, times and memory by baseline, and of the model. */
  Map<String, Compared> compared() {
    return compared;
  }
}
