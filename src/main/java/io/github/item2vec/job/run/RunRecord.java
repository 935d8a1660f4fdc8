package io.github.item2vec.job.run;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.item2vec.data.InputReading;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.Segments;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.TrainingSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What run.json holds, each field told by the stage that knows it. A field that the run has not
 * come to is null and is not written; nor is a component of its records that may be null. Driver
 * only.
 */
@JsonAutoDetect(fieldVisibility = Visibility.NON_PRIVATE, getterVisibility = Visibility.NONE)
public final class RunRecord {
  /** What models are compared by, and what a generation's description says of its lists. */
  public static final String METRIC = RankingMetric.MAP.at(RankingMetric.K);

  /** The directory of the model in an output, and what {@code saved} calls it. */
  public static final String MODEL = "model";

  /** The same of the lists of similar items. */
  public static final String SIMILAR = "similar";

  /** The same of the lists. */
  public static final String LISTS = "recommendations";

  /** The same of the metrics of each user. */
  public static final String USER_METRICS = "user-metrics";

  // in the order in which they are written
  String status = "RUNNING";
  final String runId;
  final String version = Version.current();
  final String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
  final String java = Runtime.version().toString();
  final long seed;
  final String startedAt;
  Map<String, Object> configuration;
  double seconds;
  String warnings;
  Input input;
  Split split;
  String trainer;
  Map<String, Object> params;
  Model model;
  String leaveOut;
  RuleCounts rules;
  ColdLists coldUsers;
  Map<String, Double> metrics;
  Users users;
  Map<String, Map<String, Double>> baselines;
  Map<String, Compared> comparison;
  Map<String, Segments> segments;
  Map<String, String> skippedBaselines;
  Training training;
  Profile profile;
  SimilarItems similarItems;
  final Map<String, SavedFiles> saved = new LinkedHashMap<>();
  GateCheck gate;
  Published publish;
  Tuning tuning;
  Map<String, Double> timings;
  String error;
  Integer exitCode;

  RunRecord(String runId, long seed, String startedAt) {
    this.runId = runId;
    this.seed = seed;
    this.startedAt = startedAt;
  }

  public String runId() {
    return runId;
  }

  /** All keys with their values, secrets masked. */
  public void configuration(Map<String, Object> settings) {
    configuration = settings;
  }

  public void warnings(String told) {
    warnings = told;
  }

  public Input input() {
    return input;
  }

  public void input(Input read) {
    input = read;
  }

  public Split split() {
    return split;
  }

  public void split(Split parts) {
    split = parts;
  }

  /** The trainer, and the parameters that it heeds by their names in the configuration. */
  public void trainer(String name, Map<String, Object> heeded) {
    trainer = name;
    params = heeded;
  }

  /** The saved model that the lists are made by; null when the run has trained its own. */
  public Model model() {
    return model;
  }

  public void model(Model loaded) {
    model = loaded;
  }

  public Training training() {
    return training;
  }

  public void training(TrainingSummary summary) {
    training = Training.of(summary);
  }

  /** What of a user's own the lists leave out, which all figures follow. */
  public String leaveOut() {
    return leaveOut;
  }

  public void leaveOut(String rule) {
    leaveOut = rule;
  }

  /** What the rules of the configuration came to; null without rules. */
  public RuleCounts rules() {
    return rules;
  }

  public void rules(RuleCounts counts) {
    rules = counts;
  }

  /** How contexts become scores, see {@link ProfileRule}. */
  public void profile(ProfileRule rule) {
    profile = Profile.of(rule);
  }

  public void coldUsers(ColdLists cold) {
    coldUsers = cold;
  }

  /** The model's, by name; empty when no user was evaluated. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  public Users users() {
    return users;
  }

  public void measured(Map<String, Double> values, Users over) {
    metrics = values;
    users = over;
  }

  /** Metrics of what the model is compared with, by its name. */
  public Map<String, Map<String, Double>> baselines() {
    return baselines;
  }

  public void baselines(Map<String, Map<String, Double>> measured) {
    baselines = measured;
  }

  /** By name, as {@link #baselines}; the model's own is {@code model}. */
  public void comparison(Map<String, Compared> compared) {
    comparison = compared;
  }

  /** Metrics by segment of users and items, by the same names. */
  public void segments(Map<String, Segments> measured) {
    segments = measured;
  }

  /** How many similar items were looked for; null when none were. */
  public SimilarItems similarItems() {
    return similarItems;
  }

  public void similarItems(SimilarItems made) {
    similarItems = made;
  }

  /** Why, by the name of a baseline that was asked for; null when all were trained. */
  public void skippedBaselines(Map<String, String> reasons) {
    skippedBaselines = reasons;
  }

  /** What later commands hold the files against that they read, by the name of the directory. */
  public void saved(String directory, SavedFiles files) {
    saved.put(directory, files);
  }

  public GateCheck gate() {
    return gate;
  }

  public void gate(GateCheck checked) {
    gate = checked;
  }

  public Published publish() {
    return publish;
  }

  public void publish(Published published) {
    publish = published;
  }

  public void tuning(Tuning study) {
    tuning = study;
  }

  /** Seconds by stage. */
  public Map<String, Double> timings() {
    return timings;
  }

  /**
   * The ratings that were read.
   *
   * @param rejected rows by reason
   * @param users with a row that is kept
   * @param usersWithoutKept all of whose rows are below the minimum; they count as cold
   * @param reading how it was understood
   */
  public record Input(
      String path,
      long rows,
      Map<String, Long> rejected,
      long duplicates,
      long kept,
      long users,
      long usersWithoutKept,
      long items,
      InputReading reading) {}

  /**
   * A model that an earlier run has saved.
   *
   * @param digest as in {@code saved} of that run
   * @param items with a vector
   * @param coldItems items among the kept rows that have none, and are recommended to nobody but by
   *     popularity
   */
  public record Model(
      String path, long files, long bytes, String digest, int items, long coldItems) {}

  /**
   * How they were split.
   *
   * @param leak what a model sees of the future
   * @param train rows; null in {@code tune}, which does not count, as is what follows
   */
  public record Split(
      String by, String leak, Long train, Long validation, Long test, Long usersWithoutContext) {
    public static Split uncounted(String by, String leak) {
      return new Split(by, leak, null, null, null, null);
    }
  }

  /**
   * What the model has learned of the order of histories.
   *
   * @param lags what an item counts by how many came after it, the last one's weight being 1
   * @param rated weight of what the user has rated below the minimum
   * @param transitions entries of the table of what follows what; 0 where it does not help
   * @param neighbours entries of the table of what goes with what
   */
  public record Profile(Map<String, Double> lags, double rated, int transitions, int neighbours) {
    private static Profile of(ProfileRule rule) {
      double[] weights = rule.lags().values();
      Map<String, Double> lags = new LinkedHashMap<>();
      for (int bucket = 0; bucket < weights.length; bucket++) {
        lags.put(LagWeights.lags(bucket), Math.round(1e4 * weights[bucket] / weights[0]) / 1e4);
      }
      return new Profile(lags, rule.rated(), rule.transitions().size(), rule.neighbours().size());
    }

    /** Whether the training counted tables: one that did has neighbours. */
    boolean counted() {
      return neighbours > 0;
    }
  }

  /**
   * The lists of similar items.
   *
   * @param k most items of a list
   * @param items that have one
   */
  public record SimilarItems(int k, long items) {}

  /**
   * The users without a profile.
   *
   * @param rule for their lists
   */
  public record ColdLists(String rule, long users) {}

  /**
   * Who is in the means and who is not.
   *
   * @param withoutTest null in {@code tune}, as is what follows
   */
  public record Users(
      long evaluated, Long withoutTest, Long cold, Long withoutList, Long withoutTestItemInTrain) {
    public static Users of(MetricReport report) {
      return new Users(
          report.users(),
          report.usersWithoutTest(),
          report.coldUsers(),
          report.usersWithoutList(),
          report.usersWithoutReachableItem());
    }

    public static Users evaluated(long users) {
      return new Users(users, null, null, null, null);
    }
  }

  /**
   * How the training went, epoch by epoch, as {@link TrainingSummary} has it.
   *
   * @param epochSeconds null for what is not known: JSON has no NaN
   */
  public record Training(
      int items,
      long itemsPerEpoch,
      int epochs,
      int bestEpoch,
      double seconds,
      double itemsPerSecond,
      List<Double> losses,
      List<Double> validation,
      List<Double> epochSeconds) {
    private static Training of(TrainingSummary summary) {
      return new Training(
          summary.items(),
          summary.itemsPerEpoch(),
          summary.totalIterations(),
          summary.bestEpoch(),
          summary.seconds(),
          summary.itemsPerSecond(),
          summary.losses(),
          summary.validation(),
          summary.epochSeconds().stream().map(value -> value.isNaN() ? null : value).toList());
    }
  }

  /**
   * A study.
   *
   * @param on the part that trials were measured on
   * @param states trials by how they ended, as fields of their own
   * @param reused trials with the value of an earlier one
   * @param gainOnTest of the best over the defaults; null when these cannot be trained
   * @param importances of the parameters, by name
   */
  public record Tuning(
      String on,
      int trials,
      @JsonAnyGetter Map<String, Long> states,
      long reused,
      Choice best,
      @JsonProperty("default") Choice defaults,
      Compared.Difference gainOnTest,
      Map<String, Double> importances) {}

  /**
   * Parameters of a study, and what they came to.
   *
   * @param value null when they cannot be trained
   * @param trial null of the defaults
   */
  public record Choice(Double value, Integer trial, Map<String, Object> params) {}
}
