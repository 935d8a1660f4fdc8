package io.github.item2vec.tune;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named dimension of a search space.
 *
 * @param name unique in its space
 * @param dimension its values
 * @param when values of choices that come before it in the space; the parameter is active when each
 *     of these choices has one of the listed values. Empty: always active
 */
public record Parameter(String name, Dimension dimension, Map<String, List<Object>> when) {
  public Parameter {
    when = Collections.unmodifiableMap(new TreeMap<>(when));
  }

  /** A parameter that is always active. */
  public static Parameter of(String name, Dimension dimension) {
    return new Parameter(name, dimension, Map.of());
  }

  boolean isActive(Map<String, Object> params) {
    return when.entrySet().stream()
        .allMatch(e -> params.containsKey(e.getKey()) && holds(e.getValue(), params, e.getKey()));
  }

  private static boolean holds(List<Object> allowed, Map<String, Object> params, String choice) {
    return new ChoiceDimension(allowed).contains(params.get(choice));
  }
}
