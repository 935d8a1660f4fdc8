package io.github.item2vec.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.regex.Pattern;

/** Times of the configuration, which need a unit: a bare number means milliseconds to HOCON. */
final class Durations {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

  private Durations() {}

  /**
   * A time in whole seconds, 0 or more.
   *
   * @throws ConfigException when it has no unit and is not 0, is negative, or no whole second
   */
  static Duration seconds(Config config, String key) {
    String text = config.getString(key).strip();
    boolean bare = NUMBER.matcher(text).matches();
    if (bare && !isZero(text)) {
      throw new ConfigException(
          "%s = %s: must be 0 or have a unit, such as %s".formatted(key, text, spellings(text)));
    }
    Duration time = bare ? Duration.ZERO : config.getDuration(key);
    if (time.isNegative() || !time.equals(Duration.ofSeconds(time.toSeconds()))) {
      throw new ConfigException(
          "%s = %s: must be 0 or whole seconds, such as 90 s or 7 days".formatted(key, text));
    }
    return time;
  }

  private static boolean isZero(String number) {
    try {
      return Double.parseDouble(number) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** What a bare number most likely means, in two spellings. */
  private static String spellings(String number) {
    long seconds;
    try {
      seconds = Long.parseLong(number);
    } catch (NumberFormatException e) {
      return "90 s or 7 days";
    }
    if (seconds <= 0) {
      return "90 s or 7 days";
    }
    return "%d s or %s"
        .formatted(
            seconds,
            seconds % 86_400 == 0
                ? count(seconds / 86_400, "day")
                : seconds % 3_600 == 0
                    ? count(seconds / 3_600, "hour")
                    : seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "day"));
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
