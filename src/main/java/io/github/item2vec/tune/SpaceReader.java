package io.github.item2vec.tune;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** HOCON to parameters; see {@link SearchSpace#of}. */
final class SpaceReader {
  private static final Set<String> KEYS = Set.of("int", "double", "choice", "step", "log", "when");

  private SpaceReader() {}

  /** HOCON keeps no order of keys: by the number of conditions, then by name. */
  static List<Parameter> parameters(Config config) {
    return config.root().keySet().stream()
        .map(name -> parameter(name, config))
        .sorted(
            Comparator.<Parameter>comparingInt(parameter -> parameter.when().size())
                .thenComparing(Parameter::name))
        .toList();
  }

  private static Parameter parameter(String name, Config space) {
    try {
      if (space.root().get(name).valueType() != ConfigValueType.OBJECT) {
        throw new IllegalArgumentException("must be an object with int, double or choice");
      }
      Config config = space.getConfig(ConfigUtil.joinPath(name));
      for (String key : config.root().keySet()) {
        if (!KEYS.contains(key)) {
          throw new IllegalArgumentException(
              "unknown key '%s', must be one of int, double, choice, step, log, when"
                  .formatted(key));
        }
      }
      return new Parameter(name, dimension(config), conditions(config));
    } catch (ConfigException | IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Dimension dimension(Config config) {
    List<String> kinds =
        List.of("int", "double", "choice").stream().filter(config::hasPath).toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException("must have one of int, double, choice, has " + kinds);
    }
    if (config.hasPath("choice")) {
      if (config.hasPath("step") || config.hasPath("log")) {
        throw new IllegalArgumentException("step and log go with int and double");
      }
      return new ChoiceDimension(choices("choice", config.getList("choice").unwrapped()));
    }
    boolean whole = config.hasPath("int");
    List<Double> range = config.getDoubleList(kinds.get(0));
    if (range.size() != 2) {
      throw new IllegalArgumentException(kinds.get(0) + " must be [lowest, highest]");
    }
    double step = config.hasPath("step") ? positive(config.getDouble("step")) : whole ? 1 : 0;
    boolean log = config.hasPath("log") && config.getBoolean("log");
    return new NumberDimension(whole, range.get(0), range.get(1), step, log);
  }

  private static double positive(double step) {
    if (!(step > 0)) {
      throw new IllegalArgumentException("step = %s: must be above 0".formatted(step));
    }
    return step;
  }

  private static Map<String, List<Object>> conditions(Config config) {
    Map<String, List<Object>> when = new LinkedHashMap<>();
    if (config.hasPath("when")) {
      Config conditions = config.getConfig("when");
      new TreeMap<>(conditions.root())
          .forEach(
              (choice, value) ->
                  when.put(
                      choice,
                      choices(
                          "when." + choice,
                          value.unwrapped() instanceof List<?> values
                              ? values
                              : Collections.singletonList(value.unwrapped()))));
    }
    return when;
  }

  private static List<Object> choices(String key, List<?> values) {
    if (values.contains(null)) {
      throw new IllegalArgumentException("%s = %s: null is no value".formatted(key, values));
    }
    return new ChoiceDimension(List.copyOf(values)).choices();
  }
}
