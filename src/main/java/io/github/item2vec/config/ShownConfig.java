package io.github.item2vec.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.github.item2vec.text.Address;
import io.github.item2vec.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A configuration for people to read: secrets masked, keys without a value left out. Driver only.
 */
final class ShownConfig {
  private static final String TARGET = "publish.target";
  private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|auth).*");

  private ShownConfig() {}

  /** Whether a key, or the line that begins with it, is one whose value nobody is shown. */
  static boolean isSecret(String key) {
    return SECRET.matcher(key).matches();
  }

  /** Values by key: numbers, booleans, texts and lists of them. */
  static SortedMap<String, Object> values(Config config) {
    SortedMap<String, Object> values = new TreeMap<>();
    config
        .entrySet()
        .forEach(
            e -> values.put(e.getKey(), printable(masked(e.getKey(), e.getValue().unwrapped()))));
    return values;
  }

  /** The same value, or one without what nobody is shown. */
  private static Object masked(String key, Object value) {
    if (isSecret(key)) {
      return Address.MASK;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(element -> masked(key, element)).toList();
    }
    if (value instanceof String text) {
      return key.equals(TARGET) ? Address.of(text).masked() : Address.maskedIn(text);
    }
    return value;
  }

  private static Object printable(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ShownConfig::printable).toList();
    }
    return value instanceof String text ? Printable.line(text) : value;
  }

  /** {@code key = value} per line, sorted. */
  static List<String> lines(Config config) {
    SortedMap<String, String> texts = new TreeMap<>();
    config.entrySet().forEach(e -> texts.put(e.getKey(), text(e.getKey(), e.getValue())));
    List<String> lines = new ArrayList<>();
    texts.forEach((key, text) -> lines.add(key + " = " + text));
    return lines;
  }

  /** The lines of the keys whose values are others than in {@code defaults}. */
  static List<String> changes(Config config, Config defaults) {
    Config changed = config;
    for (var entry : defaults.entrySet()) {
      String key = entry.getKey();
      if (config.hasPath(key) && config.getValue(key).equals(entry.getValue())) {
        changed = changed.withoutPath(key);
      }
    }
    return lines(changed);
  }

  /** As it was written, where nothing of it is masked. */
  private static String text(String key, ConfigValue value) {
    Object masked = masked(key, value.unwrapped());
    if (masked.equals(Address.MASK)) {
      return Address.MASK;
    }
    ConfigValue shown =
        masked.equals(value.unwrapped()) ? value : ConfigValueFactory.fromAnyRef(masked);
    return Printable.line(shown.render(ConfigRenderOptions.concise()));
  }
}
