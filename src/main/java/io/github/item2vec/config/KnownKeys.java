package io.github.item2vec.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.item2vec.text.NearestName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of all keys: those of the defaults, and below {@code tuning.space} any. Driver only.
 */
final class KnownKeys {
  private static final String SPACE = "tuning.space.";

  /** Longer ones are not compared with the known ones: that takes as long as it is useless. */
  private static final int LONGEST = 100;

  private KnownKeys() {}

  /** Throws {@link ConfigException} at the first key of the user's that is none. */
  static void require(Config user, Config defaults) {
    Set<String> known = leaves(defaults);
    for (String key : leaves(user)) {
      if (!known.contains(key) && !key.startsWith(SPACE)) {
        throw new ConfigException(
            "unknown configuration key '%s'%s"
                .formatted(
                    ConfigText.excerpt(key),
                    key.length() > LONGEST
                        ? ""
                        : "; did you mean '%s'?".formatted(NearestName.of(key, known))));
      }
    }
  }

  /**
   * The paths of all leaves, those whose value is null among them, as HOCON writes them: a name
   * with a dot in it has quotes and is not the path that it looks like.
   */
  private static Set<String> leaves(Config config) {
    Set<String> keys = new TreeSet<>();
    Deque<Map.Entry<String, ConfigObject>> groups = new ArrayDeque<>();
    groups.add(Map.entry("", config.root()));
    while (!groups.isEmpty()) {
      Map.Entry<String, ConfigObject> group = groups.remove();
      group
          .getValue()
          .forEach(
              (name, value) -> {
                String key = group.getKey() + ConfigUtil.joinPath(name);
                if (isObject(value)) {
                  groups.add(Map.entry(key + ".", (ConfigObject) value));
                } else {
                  keys.add(key);
                }
              });
    }
    return keys;
  }

  private static boolean isObject(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.OBJECT;
    } catch (com.typesafe.config.ConfigException.NotResolved unresolvedSubstitution) {
      return false;
    }
  }
}
