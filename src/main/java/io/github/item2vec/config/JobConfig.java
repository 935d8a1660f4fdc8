package io.github.item2vec.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a run is told, typed and checked: one record a group of the configuration file. Lives
 * on the driver only. Field names are the configuration keys in camel case; their meaning and
 * defaults stand in {@code item2vec-defaults.conf}.
 */
public record JobConfig(
    Input input,
    Split split,
    Training training,
    Recommend recommend,
    Evaluation evaluation,
    Publish publish,
    Tuning tuning,
    Report report) {

  /** {@code input.*}: where the ratings are and which of them count. */
  public record Input(
      Optional<String> path,
      String format,
      String order,
      double minRating,
      double lowestRating,
      double highestRating,
      double maxRejected,
      InputColumns columns,
      Optional<TitlesFile> titles) {}

  /** {@code input.columns.*}: a 0-based position, a name, or {@code auto}. */
  public record InputColumns(String user, String item, String rating, String timestamp) {}

  /**
   * {@code input.titles} and {@code input.title-columns}: where items' titles stand. {@code
   * separator} is {@code auto} or the text between columns; columns count from 0.
   */
  public record TitlesFile(String path, String separator, int idColumn, int titleColumn) {}

  /** {@code split.*}: rows held out a user, or shares of all rows. */
  public record Split(
      String by, int test, int validation, double testShare, double validationShare) {

    /** Whether there is a validation part. */
    public boolean validated() {
      return by.equals("leave-last") ? validation > 0 : validationShare > 0;
    }
  }

  /** {@code training.*}: the trainer and its parameters in Spark's and gensim's words. */
  public record Training(
      String trainer,
      String architecture,
      int windowSize,
      boolean shrinkWindows,
      int negative,
      double nsExponent,
      double sample,
      int minCount,
      int vectorSize,
      double stepSize,
      double minStepSize,
      int maxIter,
      int numPartitions,
      long seed,
      String loss,
      double inputDropout,
      double hiddenDropout,
      double contextWeight,
      double regParam,
      String execution,
      int earlyStopping,
      Optional<String> checkpointDir,
      int checkpointInterval) {}

  /** {@code recommend.*}: length of the lists and what users without context get. */
  public record Recommend(int k, String coldUsers, boolean save) {}

  /**
   * {@code evaluation.*}: cut-offs (ascending, 10 always among them), baselines (popularity always
   * among them), quality gate.
   */
  public record Evaluation(
      List<Integer> k,
      List<String> baselines,
      List<String> gate,
      double gateShare,
      boolean gateOverride) {}

  /**
   * {@code tuning.*}: the search for better parameters; {@code space} is the object or, empty, that
   * of conf/search-space-basket.conf. {@code time} and {@code parallel} zero mean no limit.
   */
  public record Tuning(
      String on,
      int trials,
      Duration time,
      long seed,
      Config space,
      String sampler,
      String pruner,
      double prunerWarmup,
      int inFlight,
      int parallel,
      double sample,
      String execution) {}

  /** {@code report.*}: how many users and items {@code report.html} shows; 0 = none. */
  public record Report(int users, int items) {}

  /** {@code publish.tls.*}: PEM files of the driver's machine. */
  public record Tls(Optional<String> ca, Optional<String> certificate, Optional<String> key) {}

  /** {@code publish.*}: the Redis target, layouts and keys. {@code ttl} zero means no expiry. */
  public record Publish(
      String target,
      List<String> layouts,
      String prefix,
      Duration ttl,
      int keep,
      int hashMaxListpackValue,
      int maxConnections,
      int maxUsersPerSecond,
      boolean scores,
      Tls tls,
      Optional<String> user,
      Optional<String> password,
      Optional<String> userIds,
      Optional<String> itemIds) {

    @Override
    public String toString() {
      return "Publish[target=%s, layouts=%s, prefix=%s, ttl=%s]"
          .formatted(target, layouts, prefix, ttl);
    }
  }
}
