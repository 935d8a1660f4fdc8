package io.github.item2vec.tune;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of a study in a fixed order; a condition names choices that come before it. */
public final class SearchSpace {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /**
   * A space of these parameters.
   *
   * @throws IllegalArgumentException when there is none, a name repeats, or a condition names no
   *     earlier choice or a value that the choice cannot have
   */
  public SearchSpace(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("a search space needs a parameter");
    }
    for (Parameter parameter : parameters) {
      parameter
          .when()
          .forEach((choice, values) -> checkCondition(parameter.name(), choice, values));
      if (this.parameters.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException("%s: is there twice".formatted(parameter.name()));
      }
    }
  }

  private void checkCondition(String name, String choice, List<Object> values) {
    Parameter earlier = parameters.get(choice);
    if (earlier == null || !(earlier.dimension() instanceof ChoiceDimension dimension)) {
      throw new IllegalArgumentException(
          "%s.when.%s: must name a choice that comes before it".formatted(name, choice));
    }
    for (Object value : values) {
      if (!dimension.contains(value)) {
        throw new IllegalArgumentException(
            "%s.when.%s: %s is not one of %s".formatted(name, choice, value, dimension.choices()));
      }
    }
  }

  /**
   * Reads a space from HOCON, one object a parameter:
   *
   * <pre>
   * window-size   { int = [1, 10] }
   * negative      { int = [10, 1000], log = true }
   * input-dropout { double = [0.1, 0.9], step = 0.1 }
   * vector-size   { choice = [16, 32, 64, 128] }
   * sample        { double = [1e-5, 1e-2], log = true, when { architecture = [skip-gram, cbow] } }
   * </pre>
   *
   * Always-active parameters come first, then those with one condition and so on, each in the order
   * of the names; a condition names a choice that so comes before.
   *
   * @throws IllegalArgumentException on anything else; names the parameter
   */
  public static SearchSpace of(Config config) {
    return new SearchSpace(SpaceReader.parameters(config));
  }

  public Set<String> names() {
    return parameters.keySet();
  }

  public Collection<Parameter> parameters() {
    return parameters.values();
  }

  /** The dimension of a parameter that the space has. */
  public Dimension dimension(String name) {
    return parameters.get(name).dimension();
  }

  /**
   * The parameters that one kernel density covers jointly: those with the same condition, in order.
   */
  List<List<Parameter>> groups() {
    Map<Map<String, List<Object>>, List<Parameter>> groups = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      groups.computeIfAbsent(parameter.when(), when -> new ArrayList<>()).add(parameter);
    }
    return List.copyOf(groups.values());
  }

  /**
   * The part of some settings that the space can express: the values of active parameters that
   * their dimensions contain, as the dimensions write them.
   */
  public Map<String, Object> project(Map<String, Object> settings) {
    Map<String, Object> params = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      Object value = settings.get(parameter.name());
      if (parameter.isActive(params) && parameter.dimension().contains(value)) {
        Dimension dimension = parameter.dimension();
        params.put(parameter.name(), dimension.external(dimension.internal(value)));
      }
    }
    return params;
  }
}
