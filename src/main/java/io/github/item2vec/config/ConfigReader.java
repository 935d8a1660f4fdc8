package io.github.item2vec.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import io.github.item2vec.config.JobConfig.Evaluation;
import io.github.item2vec.config.JobConfig.Input;
import io.github.item2vec.config.JobConfig.InputColumns;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.config.JobConfig.Recommend;
import io.github.item2vec.config.JobConfig.Report;
import io.github.item2vec.config.JobConfig.Split;
import io.github.item2vec.config.JobConfig.TitlesFile;
import io.github.item2vec.config.JobConfig.Tls;
import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.config.JobConfig.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;

/** Reads the resolved configuration into records and checks every range at the door. */
final class ConfigReader {
  private final Config config;

  ConfigReader(Config config) {
    this.config = config;
  }

  JobConfig jobConfig() {
    Recommend recommend =
        new Recommend(
            atLeast(1, "recommend.k"),
            oneOf("recommend.cold-users", "popular", "skip"),
            config.getBoolean("recommend.save"));
    return new JobConfig(
        input(),
        split(),
        training(),
        recommend,
        evaluation(recommend),
        publish(),
        tuning(),
        new Report(atLeast(0, "report.users"), atLeast(0, "report.items")));
  }

  private Input input() {
    List<Double> range = config.getDoubleList("input.rating-range");
    require(
        range.size() == 2 && range.get(0) <= range.get(1),
        "input.rating-range",
        range,
        "two numbers, the lowest first");
    return new Input(
        text("input.path"),
        oneOf("input.format", "auto", "tsv", "csv", "dat", "parquet"),
        oneOf("input.order", "timestamp", "file"),
        number("input.min-rating", Double::isFinite, "a finite number"),
        range.get(0),
        range.get(1),
        number("input.max-rejected", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        new InputColumns(
            config.getString("input.columns.user"),
            config.getString("input.columns.item"),
            config.getString("input.columns.rating"),
            config.getString("input.columns.timestamp")),
        text("input.titles").map(this::titles));
  }

  private TitlesFile titles(String path) {
    String separator = config.getString("input.title-columns.separator");
    require(!separator.isEmpty(), "input.title-columns.separator", "''", "auto or a text");
    return new TitlesFile(
        path,
        separator,
        atLeast(0, "input.title-columns.id"),
        atLeast(0, "input.title-columns.title"));
  }

  private Split split() {
    double test = number("split.test-share", v -> v > 0 && v < 1, "between 0 and 1, both excluded");
    return new Split(
        oneOf("split.by", "leave-last", "global-time"),
        atLeast(1, "split.test"),
        atLeast(0, "split.validation"),
        test,
        number(
            "split.validation-share",
            v -> v >= 0 && v + test < 1,
            "at least 0 and below 1 - split.test-share"));
  }

  private Training training() {
    double stepSize = number("training.step-size", v -> v >= 0, ">= 0");
    return new Training(
        oneOf("training.trainer", "item2vec", "mllib-word2vec"),
        oneOf("training.architecture", "skip-gram", "cbow", "basket"),
        atLeast(1, "training.window-size"),
        config.getBoolean("training.shrink-windows"),
        atLeast(0, "training.negative"),
        number("training.ns-exponent", Double::isFinite, "a finite number"),
        number("training.sample", v -> v >= 0, ">= 0"),
        atLeast(0, "training.min-count"),
        atLeast(1, "training.vector-size"),
        stepSize,
        number(
            "training.min-step-size",
            v -> v >= 0 && (stepSize == 0 || v <= stepSize),
            "between 0 and training.step-size"),
        atLeast(0, "training.max-iter"),
        atLeast(1, "training.num-partitions"),
        config.getLong("training.seed"),
        oneOf("training.loss", "auto", "softmax", "sampled-softmax", "negative-sampling"),
        number("training.input-dropout", v -> v > 0 && v < 1, "between 0 and 1, both excluded"),
        number("training.hidden-dropout", v -> v >= 0 && v < 1, "0 or more and below 1"),
        number("training.context-weight", v -> v >= 0 && v <= 1, "between 0 and 1"),
        number("training.reg-param", v -> v >= 0, ">= 0"),
        oneOf("training.execution", "auto", "one-task", "distributed"),
        atLeast(0, "training.early-stopping"),
        text("training.checkpoint-dir"),
        atLeast(1, "training.checkpoint-interval"));
  }

  private Evaluation evaluation(Recommend recommend) {
    TreeSet<Integer> cutOffs = new TreeSet<>(List.of(10));
    for (int k : listOrOne("evaluation.k") ? config.getIntList("evaluation.k") : commaInts()) {
      require(k >= 1 && k <= Math.max(10, recommend.k()), "evaluation.k", k, "1 .. recommend.k");
      cutOffs.add(k);
    }
    Set<String> baselines = new LinkedHashSet<>(List.of("popularity"));
    baselines.addAll(
        choices("evaluation.baselines", "popularity", "mllib-word2vec", "als", "ease"));
    List<String> gate = choices("evaluation.gate", "off", "popularity", "published");
    require(gate.size() == 1 || !gate.contains("off"), "evaluation.gate", gate, "off alone");
    return new Evaluation(
        List.copyOf(cutOffs),
        List.copyOf(baselines),
        gate,
        number("evaluation.gate-share", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        config.getBoolean("evaluation.gate-override"));
  }

  private Tuning tuning() {
    return new Tuning(
        oneOf("tuning.on", "validation", "test"),
        atLeast(1, "tuning.trials"),
        config.getDuration("tuning.time"),
        config.getLong("tuning.seed"),
        space(),
        oneOf("tuning.sampler", "tpe", "tpe-univariate", "random"),
        oneOf("tuning.pruner", "median", "none"),
        number("tuning.pruner-warmup", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        atLeast(1, "tuning.in-flight"),
        atLeast(0, "tuning.parallel"),
        number("tuning.sample", v -> v > 0 && v <= 1, "a share above 0, 1 at most"),
        oneOf("tuning.execution", "auto", "tasks", "sequential"));
  }

  private Config space() {
    if (config.getIsNull("tuning.space")) {
      return ConfigFactory.empty();
    }
    require(
        config.getValue("tuning.space").valueType() == ConfigValueType.OBJECT,
        "tuning.space",
        config.getValue("tuning.space").unwrapped(),
        "an object (a file is read by `tune` only)");
    return config.getConfig("tuning.space");
  }

  private Publish publish() {
    return new Publish(
        config.getString("publish.target"),
        layouts(),
        config.getString("publish.prefix"),
        config.getDuration("publish.ttl"),
        atLeast(1, "publish.keep"),
        atLeast(0, "publish.hash-max-listpack-value"),
        atLeast(0, "publish.max-connections"),
        atLeast(0, "publish.max-users-per-second"),
        scores(),
        new Tls(text("publish.tls.ca"), text("publish.tls.certificate"), text("publish.tls.key")),
        text("publish.user"),
        text("publish.password").or(this::passwordInFile),
        text("publish.user-ids"),
        text("publish.item-ids"));
  }

  private List<String> layouts() {
    return choices("publish.layout", "list-text", "list-binary", "packed", "indexed", "bucketed");
  }

  private boolean scores() {
    boolean scores = config.getBoolean("publish.scores");
    require(
        !scores || layouts().stream().anyMatch(layout -> !layout.startsWith("list-")),
        "publish.scores",
        scores,
        "false when publish.layout names lists alone, which have no place for scores");
    return scores;
  }

  private Optional<String> passwordInFile() {
    return text("publish.password-file")
        .map(
            file -> {
              try {
                return Files.readString(Path.of(file)).strip();
              } catch (IOException e) {
                throw new ConfigException("publish.password-file: cannot read " + file, e);
              }
            });
  }

  private boolean listOrOne(String key) {
    return config.getValue(key).valueType() == ConfigValueType.LIST;
  }

  private List<Integer> commaInts() {
    try {
      return commaList("evaluation.k").stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "evaluation.k = %s: must be whole numbers".formatted(config.getString("evaluation.k")),
          e);
    }
  }

  private List<String> commaList(String key) {
    return List.of(config.getString(key).trim().split("\\s*,\\s*"));
  }

  /** A list, or a text with commas, of allowed words. */
  private List<String> choices(String key, String... allowed) {
    List<String> values = listOrOne(key) ? config.getStringList(key) : commaList(key);
    for (String value : values) {
      require(List.of(allowed).contains(value), key, value, "one of " + List.of(allowed));
    }
    return values;
  }

  private Optional<String> text(String key) {
    return config.getIsNull(key) ? Optional.empty() : Optional.of(config.getString(key));
  }

  private String oneOf(String key, String... allowed) {
    String value = config.getString(key);
    require(List.of(allowed).contains(value), key, value, "one of " + List.of(allowed));
    return value;
  }

  private int atLeast(int lowest, String key) {
    int value = config.getInt(key);
    require(value >= lowest, key, value, ">= " + lowest);
    return value;
  }

  private double number(String key, DoublePredicate valid, String constraint) {
    double value = config.getDouble(key);
    require(valid.test(value), key, value, constraint);
    return value;
  }

  private static void require(boolean valid, String key, Object value, String constraint) {
    if (!valid) {
      throw new ConfigException("%s = %s: must be %s".formatted(key, value, constraint));
    }
  }
}
