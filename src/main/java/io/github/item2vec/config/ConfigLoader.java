package io.github.item2vec.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.github.item2vec.text.Address;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The effective configuration: defaults in the jar, over them the user's files, over those {@code
 * -D key=value}. Driver only.
 */
public final class ConfigLoader {
  /** As the file says them, references not resolved. */
  private static final Config DEFAULTS = resource("item2vec-defaults.conf");

  private static final String SPACE = "tuning.space";
  private static final String DEFAULT_SPACE = "search-space-basket.conf";
  private static final Pattern HOCON_VALUE =
      Pattern.compile("\\[.*]|-?\\d+(\\.\\d+)?([eE]-?\\d+)?|true|false|null");

  private final Config effective;

  private ConfigLoader(Config effective) {
    this.effective = effective;
  }

  /**
   * Merges and checks the names of all keys.
   *
   * @param files the user's HOCON files, the later wins
   * @param overrides {@code key=value} pairs, the later wins
   * @throws ConfigException when a file is missing, malformed or nested without end, a key is
   *     unknown or a pair has no {@code =}
   */
  public static ConfigLoader load(List<String> files, List<String> overrides) {
    return load(() -> user(files, overrides));
  }

  /**
   * The same for {@code tune}: {@code tuning.space} may also name a file; what else that file says
   * yields to {@code files} and {@code overrides}. Without a space it is that of
   * conf/search-space-basket.conf.
   */
  public static ConfigLoader loadForTuning(List<String> files, List<String> overrides) {
    return load(() -> withSpace(user(files, overrides)));
  }

  /** The same from what the user's files and overrides come to. */
  static ConfigLoader load(Supplier<Config> user) {
    return explained(() -> load(user.get()));
  }

  private static Config withSpace(Config user) {
    if (!user.hasPath(SPACE)) {
      return user.withFallback(resource(DEFAULT_SPACE));
    }
    ConfigValue given = user.getValue(SPACE);
    if (given.valueType() == ConfigValueType.OBJECT) {
      return user;
    }
    if (given.valueType() != ConfigValueType.STRING) {
      throw new ConfigException(
          "tuning.space = %s: must be an object, such as { vector-size { int = [16, 128] } }, or the name of a file that has one"
              .formatted(given.render(ConfigRenderOptions.concise())));
    }
    Config space = ConfigFile.parse(user.getString(SPACE), SPACE);
    if (!space.hasPath(SPACE) || space.getValue(SPACE).valueType() != ConfigValueType.OBJECT) {
      throw new ConfigException(
          "tuning.space = %s: the file has no object tuning.space"
              .formatted(user.getString(SPACE)));
    }
    return user.withoutPath(SPACE).withFallback(space);
  }

  private static Config user(List<String> files, List<String> overrides) {
    Config user = ConfigFactory.empty();
    for (String file : files) {
      user = ConfigFile.parse(file, "--conf").withFallback(user);
    }
    for (String override : overrides) {
      user = parseOverride(override).withFallback(user);
    }
    return user;
  }

  /** HOCON's own errors as ours. */
  private static <T> T explained(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (com.typesafe.config.ConfigException e) {
      if (Address.isIn(e.getMessage())) {
        throw ConfigText.notHocon("configuration", e);
      }
      throw new ConfigException("configuration: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new ConfigException(
          "configuration: nested too deeply, or a value refers to itself too often", e);
    }
  }

  private static Config resource(String name) {
    return ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), name);
  }

  private static ConfigLoader load(Config user) {
    KnownKeys.require(user, DEFAULTS);
    return new ConfigLoader(user.withFallback(DEFAULTS).resolve());
  }

  /** The configuration as typed records. Throws {@link ConfigException} on a value out of range. */
  public JobConfig jobConfig() {
    return explained(() -> new ConfigReader(effective).jobConfig());
  }

  /** The same configuration with another {@code input.path}. */
  public ConfigLoader withInput(String path) {
    return with("input.path", path);
  }

  /** The same configuration with another value of one key. */
  public ConfigLoader with(String key, Object value) {
    return new ConfigLoader(effective.withValue(key, ConfigValueFactory.fromAnyRef(value)));
  }

  /** The values of a group by their names in it, those without a value left out. */
  public Map<String, Object> group(String group) {
    return group(effective, group);
  }

  static Map<String, Object> group(Config config, String group) {
    Map<String, Object> values = new TreeMap<>();
    config
        .getConfig(group)
        .entrySet()
        .forEach(e -> values.put(e.getKey(), e.getValue().unwrapped()));
    return values;
  }

  /**
   * The keys of some groups whose values are not the defaults, one {@code key = value} a line.
   *
   * @param groups such as {@code training}, or single keys
   */
  public String differences(List<String> groups) {
    Config defaults = DEFAULTS.resolve();
    StringBuilder text = new StringBuilder();
    new TreeMap<>(
            effective.root().toConfig().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
        .forEach(
            (key, value) -> {
              boolean wanted =
                  groups.stream().anyMatch(g -> key.equals(g) || key.startsWith(g + "."));
              boolean same = defaults.hasPath(key) && defaults.getValue(key).equals(value);
              if (wanted && !same) {
                text.append(key)
                    .append(" = ")
                    .append(value.render(ConfigRenderOptions.concise()))
                    .append('\n');
              }
            });
    return text.toString();
  }

  /** {@code key = value} per line where the value is not the default's; secrets are masked. */
  public List<String> changes() {
    return ShownConfig.changes(effective, DEFAULTS.withFallback(resource(DEFAULT_SPACE)).resolve());
  }

  private static Config parseOverride(String override) {
    int equals = override.indexOf('=');
    if (equals <= 0 || override.lastIndexOf("://", equals) >= 0) { // no key, or an address
      throw new ConfigException("-D takes key=value, not: " + override);
    }
    String key = override.substring(0, equals).trim();
    String value = override.substring(equals + 1).trim();
    ConfigText.check("-D", key, false);
    return ConfigFactory.empty().withValue(key, parseValue(key, value));
  }

  /** Lists, numbers, booleans and null as HOCON reads them; anything else is text as it stands. */
  private static ConfigValue parseValue(String key, String value) {
    if (!HOCON_VALUE.matcher(value).matches()) {
      return ConfigValueFactory.fromAnyRef(value, "-D");
    }
    String source = "-D " + ConfigText.excerpt(key);
    ConfigText.check(source, value, true);
    return ConfigText.parse(
            "value = " + value, ConfigParseOptions.defaults().setOriginDescription(source))
        .root()
        .get("value");
  }
}
