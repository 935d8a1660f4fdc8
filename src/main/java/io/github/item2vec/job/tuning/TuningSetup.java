package io.github.item2vec.job.tuning;

import com.typesafe.config.ConfigRenderOptions;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.config.JobConfig.Training.TrainerName;
import io.github.item2vec.config.JobConfig.Tuning;
import io.github.item2vec.config.JobConfig.Tuning.On;
import io.github.item2vec.config.JobConfig.Tuning.PrunerName;
import io.github.item2vec.job.Trainer;
import io.github.item2vec.train.Execution;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.tune.MedianPruner;
import io.github.item2vec.tune.Pruner;
import io.github.item2vec.tune.RandomSampler;
import io.github.item2vec.tune.Sampler;
import io.github.item2vec.tune.SearchSpace;
import io.github.item2vec.tune.TpeSampler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code tune} is told, checked: the space, the sampler, the pruner, and what a trial trains.
 */
final class TuningSetup {
  private static final int PRUNER_STARTUP = 5;

  /** Parameters of the training that are no matter of quality. */
  private static final Set<String> NOT_TUNED =
      Set.of("trainer", "execution", "checkpoint-dir", "checkpoint-interval", "early-stopping");

  private final ConfigLoader loader;
  private final JobConfig config;
  private final Item2Vec estimator;
  private final SearchSpace space;

  /** Throws {@link ConfigException} when the space is none or names no training parameter. */
  TuningSetup(ConfigLoader given) {
    JobConfig told = given.jobConfig();
    int validation =
        told.tuning().on() == On.TEST
            ? 0
            : told.split().validation() > 0 ? told.split().validation() : told.split().test();
    Item2Vec estimator = new Trainer(told.training()).estimator();
    if (estimator.getEarlyStopping() > 0 || !estimator.getCheckpointDir().isEmpty()) {
      throw new ConfigException(
          "training.early-stopping and training.checkpoint-dir: must not be set for `tune`");
    }
    this.loader = given.with("split.validation", validation);
    this.config = loader.jobConfig();
    this.estimator = estimator;
    this.space = space();
  }

  private SearchSpace space() {
    SearchSpace read;
    try {
      read = SearchSpace.of(config.tuning().space());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("tuning.space: " + e.getMessage(), e);
    }
    Map<String, Object> known = loader.group("training");
    known.keySet().removeAll(NOT_TUNED);
    for (String name : read.names()) {
      if (!known.containsKey(name)) {
        throw new ConfigException(
            "tuning.space.%s: must be one of %s".formatted(name, known.keySet()));
      }
    }
    return read;
  }

  JobConfig config() {
    return config;
  }

  Tuning tuning() {
    return config.tuning();
  }

  SearchSpace searchSpace() {
    return space;
  }

  /** Whether the trainer needs no more than one task. */
  boolean trainsInATask() {
    return config.training().trainer() == TrainerName.ITEM2VEC
        && Execution.of(estimator.getExecution()) != Execution.DISTRIBUTED;
  }

  /** The configuration's own values of the parameters that the space has. */
  Map<String, Object> defaults() {
    Map<String, Object> values = new LinkedHashMap<>(loader.group("training"));
    values.keySet().retainAll(space.names());
    return values;
  }

  /** The parameters of a training: the configuration's, over them a trial's. */
  Training training(Map<String, Object> params) {
    return with(params).jobConfig().training();
  }

  private ConfigLoader with(Map<String, Object> params) {
    ConfigLoader merged = loader;
    for (Map.Entry<String, Object> param : params.entrySet()) {
      merged = merged.with("training." + param.getKey(), param.getValue());
    }
    return merged;
  }

  /** What {@code run --conf} needs to train so: all that was said of input and training. */
  String snippet(Map<String, Object> params) {
    return with(params)
        .differences(
            List.of(
                "input.format",
                "input.order",
                "input.min-rating",
                "input.rating-range",
                "input.max-rejected",
                "input.columns",
                "split.by",
                "split.test",
                "training",
                "recommend"));
  }

  Sampler sampler() {
    long seed = tuning().seed();
    return switch (tuning().sampler()) {
      case RANDOM -> new RandomSampler(seed);
      case TPE_UNIVARIATE -> new TpeSampler(seed, TpeSampler.Kind.UNIVARIATE);
      case TPE -> new TpeSampler(seed, TpeSampler.Kind.MULTIVARIATE);
    };
  }

  boolean prunes() {
    return tuning().pruner() == PrunerName.MEDIAN;
  }

  Pruner pruner() {
    Architecture architecture = Architecture.of(estimator.getArchitecture());
    int epochs = architecture.maxIter(estimator.getMaxIter(), 0);
    int warmup = Math.max(1, (int) Math.ceil(epochs * tuning().prunerWarmup()));
    return prunes() ? new MedianPruner(PRUNER_STARTUP, warmup) : Pruner.none();
  }

  /**
   * All that suggestions and values depend on, for the journal.
   *
   * @param data fingerprint of the users
   */
  Map<String, String> settings(String data, String execution) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String key :
        List.of("on", "seed", "sampler", "pruner", "pruner-warmup", "in-flight", "sample")) {
      settings.put("tuning." + key, String.valueOf(loader.group("tuning").get(key)));
    }
    settings.put("tuning.space", tuning().space().root().render(ConfigRenderOptions.concise()));
    settings.put("training", loader.group("training").toString());
    settings.put("split.validation", String.valueOf(config.split().validation()));
    settings.put("recommend.leave-out", config.recommend().leaveOut().word());
    settings.put("recommend.cold-users", config.recommend().coldUsers().word());
    settings.put("execution", execution);
    settings.put("data", data);
    return settings;
  }
}
