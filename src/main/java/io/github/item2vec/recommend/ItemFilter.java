package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which items may be recommended at all.
 *
 * @param allowed only these; null for all
 * @param denied none of these
 */
record ItemFilter(Set<String> allowed, Set<String> denied)
    implements Predicate<String>, Serializable {
  static final ItemFilter ALL = new ItemFilter(null, Set.of());

  ItemFilter only(Set<String> items) {
    return new ItemFilter(Set.copyOf(items), denied);
  }

  ItemFilter without(Set<String> items) {
    Set<String> both = new HashSet<>(denied);
    both.addAll(items);
    return new ItemFilter(allowed, Set.copyOf(both));
  }

  @Override
  public boolean test(String item) {
    return (allowed == null || allowed.contains(item)) && !denied.contains(item);
  }
}
