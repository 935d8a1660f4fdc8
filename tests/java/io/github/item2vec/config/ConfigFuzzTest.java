package io.github.item2vec.config;

import com.typesafe.config.Config;
import io.github.item2vec.fuzz.Mutations;
import io.github.item2vec.tune.SearchSpace;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged configurations end in a {@link ConfigException} or in records. */
class ConfigFuzzTest {
  private static final List<String> GOOD =
      List.of(
          """
          input { path = "/data/ratings.csv", rating-range = [0, 10] }  # a comment
          publish { ttl = 7 days, target = none, layout = [list-text, packed] }
          tuning.time = 0
          recommend.k = 20
          """,
          """
          {"evaluation": {"k": [5, 10], "gate": "off"}, "split": {"test": 2, "by": "leave-last"}}
          """,
          """
          training.vector-size = 16 // a comment
          training.seed = 7
          publish.ttl = 3600 s
          publish.prefix = ${?PREFIX}"a:"
          input.path = ${publish.prefix}b
          """,
          """
          tuning.space {
            window-size { int = [1, 10] }
            sample { double = [1e-5, 1e-2], log = true, when { architecture = [skip-gram] } }
            architecture { choice = [skip-gram, basket] }
          }
          """);

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\"\"\"",
          "${",
          "${?x}",
          "${input.path}",
          "}",
          "#",
          "//",
          "+=",
          "=",
          ":",
          ",",
          ".",
          "\n",
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "NaN",
          "0.5",
          "\u0000",
          "\ufeff",
          "\\u00",
          "include \"x\"",
          "include url(\"http://localhost:1/\")",
          "include file(\"",
          "required(",
          "include classpath(\"item2vec-defaults.conf\")",
          "99999999999999999999",
          " days",
          " ms",
          "[".repeat(200),
          "a.".repeat(200),
          "{a=".repeat(100),
          "publish.ttl",
          "tuning.space=",
          "\t");

  @Test
  @Timeout(3600)
  void everyDamagedConfigurationIsReadOrRefused() throws Exception {
    List<byte[]> good = GOOD.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    new Mutations(good, WORDS)
        .run("configuration", 1_000, ConfigFuzzTest::read, ConfigException.class);
  }

  private static void read(byte[] bytes) {
    JobConfig config =
        ConfigLoader.load(() -> ConfigFile.parse(new File("fuzz.conf"), bytes)).jobConfig();
    if (!config.tuning().space().isEmpty()) {
      space(config.tuning().space());
    }
  }

  /** As the command tune reads it. */
  private static void space(Config space) {
    try {
      SearchSpace.of(space);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("tuning.space: " + e.getMessage(), e);
    }
  }
}
