package io.github.item2vec.evaluate;

import java.io.Serializable;
import java.util.Arrays;

/** What is counted over the lists of one partition, or of all. Travels from tasks to the driver. */
final class ListTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Users, by what they bring. */
  long users;

  long withoutTest;
  long cold;
  long withoutList;
  long unreachable;

  /** Identifies the set of users in the means, whatever their order. */
  long fingerprint;

  /** A sum a metric and cut-off for the mean, and one more a bootstrap sample. */
  final ExactSums sums;

  /** Users in each bootstrap sample. */
  final long[] sampled;

  /** By cut-off. */
  final CatalogueTotals[] catalogue;

  final SegmentTotals segments = new SegmentTotals();

  ListTotals(int metrics, int cutOffs, int samples) {
    sums = new ExactSums(metrics * cutOffs * (1 + samples));
    sampled = new long[samples];
    catalogue = new CatalogueTotals[cutOffs];
    Arrays.setAll(catalogue, i -> new CatalogueTotals());
  }

  /** Users with at least one relevant item: the denominator of every mean. */
  long evaluated() {
    return users - withoutTest;
  }

  /** Adds the other's counts to these. */
  ListTotals plus(ListTotals other) {
    users += other.users;
    withoutTest += other.withoutTest;
    cold += other.cold;
    withoutList += other.withoutList;
    unreachable += other.unreachable;
    fingerprint += other.fingerprint;
    sums.addAll(other.sums);
    segments.addAll(other.segments);
    for (int i = 0; i < sampled.length; i++) {
      sampled[i] += other.sampled[i];
    }
    for (int i = 0; i < catalogue.length; i++) {
      catalogue[i].addAll(other.catalogue[i]);
    }
    return this;
  }
}
