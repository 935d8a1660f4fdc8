package io.github.item2vec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import io.github.item2vec.train.Item2Vec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;

/** The tables of parameters and keys say what the code does. */
final class ParametersTableTest {
  private static final String TRAINING = "training.";

  /** Where 0 means the architecture's own value. */
  private static final Set<String> AUTO =
      Set.of("training.negative", "training.step-size", "training.max-iter");

  /** Spark's trainer is chosen by the job, columns by who calls the estimator. */
  private static final Set<String> NO_PARAMS = Set.of("training.trainer");

  private static final Set<String> NO_KEYS =
      Set.of(
          "itemsCol", "outputCol", "validationCol", "predictionCol", "scoresCol", "scoring", "k");

  @Test
  void eachTrainingParamHasItsRowWithItsDefault() {
    Item2Vec estimator = new Item2Vec();
    Set<String> named = new HashSet<>(NO_KEYS);
    documented(Stream.of(Page.site("training.md")))
        .forEach(
            (key, stated) -> {
              if (!NO_PARAMS.contains(key)) {
                String name = camelCase(key.substring(TRAINING.length()));
                named.add(name);
                assertThat(estimator.explainParams()).contains(name + ": ");
                requireSame(key, stated, estimator.getOrDefault(estimator.getParam(name)));
              }
            });
    assertThat(named)
        .isEqualTo(Arrays.stream(estimator.params()).map(Param::name).collect(Collectors.toSet()));
  }

  @Test
  void whereAutoStandsZeroIsTheArchitecturesOwnValue() {
    Item2Vec estimator = new Item2Vec();
    for (String key : AUTO) {
      assertThat(
              estimator.explainParam(
                  estimator.getParam(camelCase(key.substring(TRAINING.length())))))
          .contains("0 = the architecture's own");
    }
  }

  @Test
  void eachKeyHasOneRowWithItsDefault() {
    Map<String, Object> defaults = defaults();
    Map<String, String> documented = documented(Page.documentation().stream());

    assertThat(documented.keySet()).isEqualTo(defaults.keySet());
    documented.forEach((key, stated) -> requireSame(key, stated, defaults.get(key)));
  }

  @Test
  void eachRowHasASentence() {
    for (List<String> row : keyRows(Page.documentation().stream())) {
      assertThat(row.get(2)).as(row.get(0)).hasSizeGreaterThan(3);
    }
  }

  /** Key and stated default of each row; a key that has two rows is an error. */
  private static Map<String, String> documented(Stream<Page> pages) {
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : keyRows(pages)) {
      String key = row.get(0).replace("`", "");
      assertThat(documented.put(key, row.get(1).replace("`", ""))).as("a second " + key).isNull();
    }
    return documented;
  }

  /** Rows of tables whose head is: key, default, meaning. */
  private static List<List<String>> keyRows(Stream<Page> pages) {
    return pages
        .flatMap(page -> page.rows().stream())
        .filter(
            row -> row.size() >= 3 && row.get(0).matches("`[a-z]+\\.[a-z.-]+`") && !ownValues(row))
        .toList();
  }

  /** The rows of the small table that spells "auto" out. */
  private static boolean ownValues(List<String> row) {
    return row.get(1).matches("[\\d.]+ ?(per .*)?") && row.get(2).matches("[\\d.]+ ?(per .*)?");
  }

  /** All keys of the defaults' file, those without a value too. */
  private static Map<String, Object> defaults() {
    Config defaults =
        ConfigFactory.parseResources("item2vec-defaults.conf")
            .resolve(ConfigResolveOptions.noSystem());
    Map<String, Object> leaves = new TreeMap<>();
    addLeaves("", defaults.root().unwrapped(), leaves);
    return leaves;
  }

  private static void addLeaves(String prefix, Map<?, ?> group, Map<String, Object> leaves) {
    group.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            addLeaves(prefix + name + ".", inner, leaves);
          } else {
            leaves.put(prefix + name, value);
          }
        });
  }

  private static void requireSame(String key, String stated, Object value) {
    if (AUTO.contains(key)) {
      assertThat(stated).as(key).isEqualTo("auto");
      assertThat(((Number) value).doubleValue()).as(key).isZero();
    } else if (value == null || value.equals("")) {
      assertThat(stated).as(key).isEqualTo("none");
    } else if (value instanceof Number number) {
      assertThat(Double.parseDouble(stated)).as(key).isEqualTo(number.doubleValue());
    } else {
      assertThat(stated).as(key).isEqualTo(value.toString());
    }
  }

  private static String camelCase(String key) {
    return Pattern.compile("-([a-z])")
        .matcher(key)
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }
}
