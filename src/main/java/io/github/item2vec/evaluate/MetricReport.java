package io.github.item2vec.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means over users.
 *
 * @param users users with at least one relevant item: the denominator of every mean
 * @param metrics by name, such as {@code map@10}; empty when there is no such user
 */
public record MetricReport(long users, Map<String, Double> metrics) {
  public MetricReport {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
