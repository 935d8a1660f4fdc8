package io.github.item2vec.config;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import io.github.item2vec.config.JobConfig.Evaluation;
import io.github.item2vec.config.JobConfig.Evaluation.Baseline;
import io.github.item2vec.config.JobConfig.Evaluation.GateRule;
import io.github.item2vec.config.JobConfig.Input;
import io.github.item2vec.config.JobConfig.InputColumns;
import io.github.item2vec.config.JobConfig.Publish;
import io.github.item2vec.config.JobConfig.Recommend;
import io.github.item2vec.config.JobConfig.Report;
import io.github.item2vec.config.JobConfig.Split;
import io.github.item2vec.config.JobConfig.Target;
import io.github.item2vec.config.JobConfig.TitlesFile;
import io.github.item2vec.config.JobConfig.Tls;
import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.config.JobConfig.Tuning;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** Reads the resolved configuration into records and checks every range at the door. */
final class ConfigReader {
  private static final String AUTO = "auto";

  private final Config config;

  ConfigReader(Config config) {
    this.config = config;
  }

  JobConfig jobConfig() {
    Recommend recommend =
        new Recommend(
            atLeast(1, "recommend.k"),
            word("recommend.leave-out", Recommend.LeaveOut.class),
            new Recommend.Rules(
                text("recommend.eligible"),
                text("recommend.denied"),
                text("recommend.denied-per-user")),
            word("recommend.cold-users", Recommend.ColdUsers.class),
            config.getBoolean("recommend.save"));
    return new JobConfig(
        input(),
        split(),
        training(),
        recommend,
        evaluation(recommend),
        publish(),
        tuning(),
        new Report(atLeast(0, "report.users"), atLeast(0, "report.items")),
        ShownConfig.values(config));
  }

  private Input input() {
    List<Double> range = numbers("input.rating-range", "two numbers, the lowest first");
    require(
        range.size() == 2 && range.get(0) <= range.get(1),
        "input.rating-range",
        range,
        "two numbers, the lowest first");
    return new Input(
        text("input.path"),
        word("input.format", Input.Format.class),
        word("input.order", Input.Order.class),
        number("input.min-rating", Double::isFinite, "a finite number"),
        range.get(0),
        range.get(1),
        number("input.max-rejected", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        new InputColumns(
            config.getString("input.columns.user"),
            config.getString("input.columns.item"),
            config.getString("input.columns.rating"),
            config.getString("input.columns.timestamp")),
        encoding(),
        separator("input.separator"),
        text("input.titles").map(this::titles));
  }

  /** A charset in which ASCII is ASCII, which lines and separators are found by. */
  private String encoding() {
    String name = config.getString("input.encoding");
    String ascii = IntStream.range(0, 128).mapToObj(Character::toString).collect(joining());
    boolean fits = false;
    try {
      byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
      fits = new String(bytes, Charset.forName(name)).equals(ascii);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      fits = false; // said below
    }
    require(fits, "input.encoding", name, "a charset such as UTF-8, ISO-8859-1 or windows-1252");
    return name;
  }

  private String separator(String key) {
    String separator = config.getString(key);
    require(!separator.isEmpty(), key, "''", "auto or a text");
    return separator;
  }

  private TitlesFile titles(String path) {
    String separator = separator("input.title-columns.separator");
    return new TitlesFile(
        path,
        Optional.of(separator).filter(text -> !text.equals(AUTO)),
        atLeast(0, "input.title-columns.id"),
        atLeast(0, "input.title-columns.title"),
        groupColumn(),
        flags());
  }

  private int groupColumn() {
    String key = "input.title-columns.group";
    return config.getString(key).equals("none") ? -1 : atLeast(0, key);
  }

  private List<String> flags() {
    String key = "input.title-columns.flags";
    List<String> flags = listOrOne(key) ? config.getStringList(key) : commaList(key);
    require(
        flags.isEmpty() || groupColumn() >= 0,
        key,
        flags,
        "empty where input.title-columns.group, the first of these columns, is none");
    return flags;
  }

  private Split split() {
    double test = number("split.test-share", v -> v > 0 && v < 1, "between 0 and 1, both excluded");
    return new Split(
        word("split.by", Split.By.class),
        atLeast(1, "split.test"),
        atLeast(0, "split.validation"),
        test,
        number(
            "split.validation-share",
            v -> v >= 0 && v + test < 1,
            "at least 0 and below 1 - split.test-share"));
  }

  /** The seed is read here because more than the training follows it. */
  private Training training() {
    Map<String, Object> params = ConfigLoader.group(config, "training");
    params.remove("trainer");
    params.put("seed", whole("training.seed"));
    return new Training(word("training.trainer", Training.TrainerName.class), params);
  }

  private Evaluation evaluation(Recommend recommend) {
    TreeSet<Integer> cutOffs = new TreeSet<>(List.of(10));
    for (double k : numbers("evaluation.k", "whole numbers")) {
      boolean whole = k == Math.rint(k);
      require(whole, "evaluation.k", k, "whole numbers");
      require(
          k >= 1 && k <= Math.max(10, recommend.k()), "evaluation.k", (long) k, "1 .. recommend.k");
      cutOffs.add((int) k);
    }
    Set<Baseline> baselines = new LinkedHashSet<>(List.of(Baseline.POPULARITY));
    baselines.addAll(words("evaluation.baselines", Baseline.class));
    List<GateRule> gate = words("evaluation.gate", GateRule.class);
    require(
        gate.size() == 1 || !gate.contains(GateRule.OFF),
        "evaluation.gate",
        gate.stream().map(Word::word).toList(),
        "off alone");
    return new Evaluation(
        List.copyOf(cutOffs),
        List.copyOf(baselines),
        config.getBoolean("evaluation.save"),
        gate,
        number("evaluation.gate-share", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        config.getBoolean("evaluation.gate-override"));
  }

  private Tuning tuning() {
    return new Tuning(
        word("tuning.on", Tuning.On.class),
        atLeast(1, "tuning.trials"),
        Durations.seconds(config, "tuning.time"),
        whole("tuning.seed"),
        space(),
        word("tuning.sampler", Tuning.SamplerName.class),
        word("tuning.pruner", Tuning.PrunerName.class),
        number("tuning.pruner-warmup", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        atLeast(1, "tuning.in-flight"),
        atLeast(0, "tuning.parallel"),
        number("tuning.sample", v -> v > 0 && v <= 1, "a share above 0, 1 at most"),
        word("tuning.execution", Tuning.Trials.class));
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
        target(config.getString("publish.target")),
        layouts(),
        config.getString("publish.prefix"),
        Durations.seconds(config, "publish.ttl"),
        atLeast(1, "publish.keep"),
        number("publish.min-users-share", v -> v >= 0 && v <= 1, "a share between 0 and 1"),
        atLeast(0, "publish.hash-max-listpack-value"),
        atLeast(0, "publish.max-connections"),
        atLeast(0, "publish.max-users-per-second"),
        scores(),
        atLeast(0, "publish.similar-items"),
        new Tls(text("publish.tls.ca"), text("publish.tls.certificate"), text("publish.tls.key")),
        text("publish.user"),
        text("publish.password").or(this::passwordInFile),
        text("publish.user-ids"),
        text("publish.item-ids"));
  }

  private static Target target(String text) {
    return new Target(Word.find(Target.Kind.class, text).orElse(Target.Kind.ADDRESS), text);
  }

  private List<Publish.Layout> layouts() {
    return words("publish.layout", Publish.Layout.class);
  }

  private boolean scores() {
    boolean scores = config.getBoolean("publish.scores");
    require(
        !scores || layouts().stream().anyMatch(layout -> !layout.list()),
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

  /** A list, or a text with commas, of numbers. */
  private List<Double> numbers(String key, String constraint) {
    try {
      return listOrOne(key)
          ? config.getDoubleList(key)
          : commaList(key).stream().map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new ConfigException(
          "%s = %s: must be %s".formatted(key, config.getString(key), constraint), e);
    }
  }

  private List<String> commaList(String key) {
    return List.of(config.getString(key).trim().split("\\s*,\\s*"));
  }

  /** A list, or a text with commas, of an enum's words. */
  private <E extends Enum<E> & Word> List<E> words(String key, Class<E> choices) {
    List<String> values = listOrOne(key) ? config.getStringList(key) : commaList(key);
    return values.stream().map(value -> choice(key, value, choices)).toList();
  }

  private <E extends Enum<E> & Word> E word(String key, Class<E> choices) {
    return choice(key, config.getString(key), choices);
  }

  private static <E extends Enum<E> & Word> E choice(String key, String value, Class<E> choices) {
    Optional<E> choice = Word.find(choices, value);
    require(choice.isPresent(), key, value, "one of " + Word.words(choices));
    return choice.get();
  }

  private Optional<String> text(String key) {
    return config.getIsNull(key) ? Optional.empty() : Optional.of(config.getString(key));
  }

  private int atLeast(int lowest, String key) {
    long value = whole(key);
    require(
        value >= lowest && value <= Integer.MAX_VALUE,
        key,
        value,
        value < lowest ? ">= " + lowest : "<= " + Integer.MAX_VALUE);
    return (int) value;
  }

  /** HOCON's own getters cut the fraction off. */
  private long whole(String key) {
    double exact = config.getDouble(key);
    require(exact == Math.rint(exact), key, exact, "a whole number");
    return config.getLong(key);
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
