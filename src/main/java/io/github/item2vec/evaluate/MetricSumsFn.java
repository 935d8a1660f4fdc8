package io.github.item2vec.evaluate;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * The totals of one partition, from rows (user, items, test, cold); the user may be null without
 * bootstrap samples. Runs in tasks.
 */
final class MetricSumsFn implements FlatMapFunction<Iterator<Row>, ListTotals> {
  private static final long serialVersionUID = 1L;
  private static final RankingMetric[] METRICS = RankingMetric.values();

  private final int[] cutOffs;
  private final int samples;
  private final long seed;

  /** Holds null when the lists alone are measured. */
  private final Broadcast<Catalogue> catalogue;

  MetricSumsFn(int[] cutOffs, int samples, long seed, Broadcast<Catalogue> catalogue) {
    this.cutOffs = cutOffs;
    this.samples = samples;
    this.seed = seed;
    this.catalogue = catalogue;
  }

  @Override
  public Iterator<ListTotals> call(Iterator<Row> rows) {
    ListTotals totals = new ListTotals(METRICS.length, cutOffs.length, samples);
    PoissonWeights poisson = new PoissonWeights(seed);
    int[] weights = new int[samples];
    while (rows.hasNext()) {
      Row row = rows.next();
      totals.users++;
      Set<String> relevant = new HashSet<>(row.getList(2));
      if (relevant.isEmpty()) {
        totals.withoutTest++;
      } else {
        List<String> items = row.isNullAt(1) ? List.of() : row.getList(1);
        totals.cold += !row.isNullAt(3) && row.getBoolean(3) ? 1 : 0;
        totals.withoutList += row.isNullAt(1) ? 1 : 0;
        if (samples > 0) {
          poisson.draw(row.getString(0), weights);
          totals.fingerprint += row.getString(0).hashCode() * 0x9e3779b97f4a7c15L;
        }
        addRelevance(totals, items, relevant, weights);
        addCatalogue(totals, items, relevant);
      }
    }
    return List.of(totals).iterator();
  }

  private void addRelevance(
      ListTotals totals, List<String> items, Set<String> relevant, int[] weights) {
    for (int sample = 0; sample < samples; sample++) {
      totals.sampled[sample] += weights[sample];
    }
    boolean[] hits = hits(items, relevant);
    int at = 0;
    for (int k : cutOffs) {
      for (RankingMetric metric : METRICS) {
        long value = ExactSums.fixed(metric.of(hits, relevant.size(), k));
        if (value != 0) {
          totals.sums.add(at, value, 1);
          for (int sample = 0; sample < samples; sample++) {
            totals.sums.add(at + 1 + sample, value, weights[sample]);
          }
        }
        at += 1 + samples;
      }
    }
  }

  private void addCatalogue(ListTotals totals, List<String> items, Set<String> relevant) {
    Catalogue known = catalogue.value();
    if (known == null) {
      return;
    }
    totals.unreachable += relevant.stream().noneMatch(item -> known.rank(item) >= 0) ? 1 : 0;
    for (int i = 0; i < cutOffs.length; i++) {
      for (String item : items.subList(0, Math.min(cutOffs[i], items.size()))) {
        int rank = known.rank(item);
        if (rank >= 0) {
          totals.places[i]++;
          totals.popularPlaces[i] += known.popular(rank) ? 1 : 0;
          totals.items[i].set(rank);
          totals.novelty.add(i, ExactSums.fixed(known.novelty(rank)), 1);
        }
      }
    }
  }

  private static boolean[] hits(List<String> items, Set<String> relevant) {
    boolean[] hits = new boolean[items.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = relevant.contains(items.get(i));
    }
    return hits;
  }
}
