package io.github.item2vec.evaluate;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * The totals of one partition, from rows (user, items, test, cold, train rows); the user may be
 * null without bootstrap samples, the train rows where they are not known. Runs in tasks.
 */
final class MetricSumsFn implements FlatMapFunction<Iterator<Row>, ListTotals> {
  private static final long serialVersionUID = 1L;
  private static final RankingMetric[] METRICS = RankingMetric.values();

  /** The rank of a null, and of an item that has a place before. */
  private static final int NO_ITEM = -2;

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
      Set<String> relevant = relevant(row);
      if (relevant.isEmpty()) {
        totals.withoutTest++;
      } else {
        List<String> items = row.isNullAt(1) ? List.of() : row.getList(1);
        totals.cold += !row.isNullAt(3) && row.getBoolean(3) ? 1 : 0;
        totals.withoutList += row.isNullAt(1) ? 1 : 0;
        if (samples > 0) {
          String user = user(row);
          poisson.draw(user, weights);
          totals.fingerprint += user.hashCode() * 0x9e3779b97f4a7c15L;
        }
        boolean[] hits = RankingMetric.hits(items, relevant);
        addRelevance(totals, hits, relevant.size(), weights);
        if (!row.isNullAt(4)) {
          totals.segments.add(UserSegment.of(row.getInt(4)), hits, relevant.size());
        }
        addCatalogue(totals, items, relevant, hits);
      }
    }
    return List.of(totals).iterator();
  }

  private static String user(Row row) {
    if (row.isNullAt(0)) {
      throw new IllegalArgumentException(
          "column 'user' is null: the bootstrap needs the users' ids; drop such rows");
    }
    return row.getString(0);
  }

  private static Set<String> relevant(Row row) {
    Set<String> relevant = row.isNullAt(2) ? new HashSet<>() : new HashSet<>(row.getList(2));
    relevant.remove(null);
    return relevant;
  }

  private void addRelevance(ListTotals totals, boolean[] hits, int relevant, int[] weights) {
    for (int sample = 0; sample < samples; sample++) {
      totals.sampled[sample] += weights[sample];
    }
    int at = 0;
    for (int k : cutOffs) {
      for (RankingMetric metric : METRICS) {
        long value = ExactSums.fixed(metric.of(hits, relevant, k));
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

  private void addCatalogue(
      ListTotals totals, List<String> items, Set<String> relevant, boolean[] hits) {
    Catalogue known = catalogue.value();
    if (known == null) {
      return;
    }
    totals.unreachable += relevant.stream().noneMatch(item -> known.rank(item) >= 0) ? 1 : 0;
    int[] ranks = ranks(items, known);
    for (int i = 0; i < cutOffs.length; i++) {
      totals.catalogue[i].add(ranks, cutOffs[i], known);
    }
    SegmentTotals segments = totals.segments;
    relevant.forEach(item -> segments.heldOut[known.segment(known.rank(item)).index()]++);
    for (int place = 0; place < Math.min(RankingMetric.K, ranks.length); place++) {
      if (ranks[place] != NO_ITEM) {
        int segment = known.segment(ranks[place]).index();
        segments.places[segment]++;
        segments.hits[segment] += hits[place] ? 1 : 0;
      }
    }
  }

  /** The catalogue's rank of the item at each place, -1 when it has none. */
  private static int[] ranks(List<String> items, Catalogue known) {
    Set<String> seen = new HashSet<>();
    return items.stream()
        .mapToInt(item -> item != null && seen.add(item) ? known.rank(item) : NO_ITEM)
        .toArray();
  }
}
