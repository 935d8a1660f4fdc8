package io.github.item2vec.config;

import com.typesafe.config.Config;
import io.github.item2vec.text.Address;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a run is told, typed and checked: one record a group of the configuration file. Lives
 * on the driver only. Field names are the configuration keys in camel case; their meaning and
 * defaults stand in {@code item2vec-defaults.conf}.
 *
 * @param settings all keys with their values, as they are told in run.json: secrets are masked
 */
public record JobConfig(
    Input input,
    Split split,
    Training training,
    Recommend recommend,
    Evaluation evaluation,
    Publish publish,
    Tuning tuning,
    Report report,
    SortedMap<String, Object> settings) {

  /** {@code input.*}: where the ratings are and which of them count. */
  public record Input(
      Optional<String> path,
      Format format,
      Order order,
      double minRating,
      double lowestRating,
      double highestRating,
      double maxRejected,
      InputColumns columns,
      String encoding,
      String separator,
      Optional<TitlesFile> titles) {

    /** {@code input.format}. */
    public enum Format implements Word {
      AUTO,
      TSV,
      CSV,
      DAT,
      PARQUET
    }

    /** {@code input.order}. */
    public enum Order implements Word {
      TIMESTAMP,
      FILE
    }
  }

  /**
   * {@code input.columns.*}: a 0-based position, a name, or {@code auto}; of the rating {@code
   * none} too.
   */
  public record InputColumns(String user, String item, String rating, String timestamp) {}

  /**
   * {@code input.titles} and {@code input.title-columns}: where items' titles stand. {@code
   * separator} is the text between columns, empty for {@code auto}; columns count from 0. {@code
   * groupColumn} is -1 for none; with {@code flags} it is the first of as many columns of 0 and 1.
   */
  public record TitlesFile(
      String path,
      Optional<String> separator,
      int idColumn,
      int titleColumn,
      int groupColumn,
      List<String> flags) {}

  /** {@code split.*}: rows held out a user, or shares of all rows. */
  public record Split(By by, int test, int validation, double testShare, double validationShare) {

    /** {@code split.by}. */
    public enum By implements Word {
      LEAVE_LAST,
      GLOBAL_TIME
    }

    /** Whether there is a validation part. */
    public boolean validated() {
      return by == By.LEAVE_LAST ? validation > 0 : validationShare > 0;
    }
  }

  /**
   * {@code training.*}: the trainer, and its parameters by their names in the group, those without
   * a value left out. Values are numbers, booleans and texts as they were written; types and ranges
   * are those of the estimator's Params, checked by whoever sets them.
   */
  public record Training(TrainerName trainer, Map<String, Object> params) {
    private static final String SEED = "seed";

    /** Keeps a copy, in the order of the names. */
    public Training {
      params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /** {@code training.trainer}. */
    public enum TrainerName implements Word {
      ITEM2VEC,
      MLLIB_WORD2VEC
    }

    /** {@code training.seed}, which all that is drawn in a run follows. */
    public long seed() {
      return ((Number) params.get(SEED)).longValue();
    }
  }

  /** {@code recommend.*}: length of the lists, what they leave out, what cold users get. */
  public record Recommend(
      int k, LeaveOut leaveOut, Rules rules, ColdUsers coldUsers, boolean save) {

    /** {@code recommend.leave-out}: what of the user's own is not recommended. */
    public enum LeaveOut implements Word {
      RATED,
      LIKED,
      NONE
    }

    /**
     * {@code recommend.eligible}, {@code denied} and {@code denied-per-user}: paths of item ids,
     * the last one's of pairs of user and item; empty = no rule.
     */
    public record Rules(
        Optional<String> eligible, Optional<String> denied, Optional<String> deniedPerUser) {

      /** Whether there is a rule. */
      public boolean any() {
        return eligible.isPresent() || denied.isPresent() || deniedPerUser.isPresent();
      }
    }

    /** {@code recommend.cold-users}. */
    public enum ColdUsers implements Word {
      POPULAR,
      SKIP
    }
  }

  /**
   * {@code evaluation.*}: cut-offs (ascending, 10 always among them), baselines (popularity always
   * among them), whether each user's metrics are saved, quality gate.
   */
  public record Evaluation(
      List<Integer> k,
      List<Baseline> baselines,
      boolean save,
      List<GateRule> gate,
      double gateShare,
      boolean gateOverride) {

    /** {@code evaluation.baselines}. */
    public enum Baseline implements Word {
      POPULARITY,
      MLLIB_WORD2VEC,
      ALS,
      EASE,
      EASE_RECENCY,
      TRANSITIONS
    }

    /** {@code evaluation.gate}: {@code OFF} alone, or rules. */
    public enum GateRule implements Word {
      OFF,
      POPULARITY,
      PUBLISHED
    }

    /** Whether there is a gate. */
    public boolean gated() {
      return !gate.contains(GateRule.OFF);
    }
  }

  /**
   * {@code tuning.*}: the search for better parameters; {@code space} is the object or, empty, that
   * of conf/search-space-basket.conf. {@code time} and {@code parallel} zero mean no limit.
   */
  public record Tuning(
      On on,
      int trials,
      Duration time,
      long seed,
      Config space,
      SamplerName sampler,
      PrunerName pruner,
      double prunerWarmup,
      int inFlight,
      int parallel,
      double sample,
      Trials execution) {

    /** {@code tuning.on}: the part that trials are measured on. */
    public enum On implements Word {
      VALIDATION,
      TEST
    }

    /** {@code tuning.sampler}. */
    public enum SamplerName implements Word {
      TPE,
      TPE_UNIVARIATE,
      RANDOM
    }

    /** {@code tuning.pruner}. */
    public enum PrunerName implements Word {
      MEDIAN,
      NONE
    }

    /** {@code tuning.execution}. */
    public enum Trials implements Word {
      AUTO,
      TASKS,
      SEQUENTIAL
    }
  }

  /** {@code report.*}: how many users and items {@code report.html} shows; 0 = none. */
  public record Report(int users, int items) {}

  /** {@code publish.tls.*}: PEM files of the driver's machine. */
  public record Tls(Optional<String> ca, Optional<String> certificate, Optional<String> key) {}

  /** {@code publish.*}: the Redis target, layouts and keys. {@code ttl} zero means no expiry. */
  public record Publish(
      Target target,
      List<Layout> layouts,
      String prefix,
      Duration ttl,
      int keep,
      double minUsersShare,
      int hashMaxListpackValue,
      int maxConnections,
      int maxUsersPerSecond,
      boolean scores,
      int similarItems,
      Tls tls,
      Optional<String> user,
      Optional<String> password,
      Optional<String> userIds,
      Optional<String> itemIds) {

    /** {@code publish.layout}. */
    public enum Layout implements Word {
      LIST_TEXT,
      LIST_BINARY,
      PACKED,
      INDEXED,
      BUCKETED;

      /** Whether a value is a LIST of Redis, which has no place for scores. */
      boolean list() {
        return this == LIST_TEXT || this == LIST_BINARY;
      }
    }

    @Override
    public String toString() {
      return "Publish[target=%s, layouts=%s, prefix=%s, ttl=%s]"
          .formatted(target, layouts.stream().map(Word::word).toList(), prefix, ttl);
    }
  }

  /**
   * {@code publish.target}.
   *
   * @param text as configured: the address of a Redis when {@code kind} is {@code ADDRESS}
   */
  public record Target(Kind kind, String text) {

    /** What the text is; {@code NONE} and {@code EMBEDDED} are words of the configuration. */
    public enum Kind implements Word {
      NONE,
      EMBEDDED,
      ADDRESS
    }

    /** The word, or the address without its password. */
    @Override
    public String toString() {
      return kind == Kind.ADDRESS ? Address.of(text).masked() : text;
    }
  }
}
