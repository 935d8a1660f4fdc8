package io.github.item2vec.job.tuning;

import io.github.item2vec.train.InMemoryTraining;
import io.github.item2vec.train.onetask.CurrentVectors;
import io.github.item2vec.tune.Pruner;
import io.github.item2vec.tune.TrialResult;
import java.util.TreeMap;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** One trial as one task on one core: trains, ranks each user's held-out items. */
final class TrialFn implements Function<Integer, TrialResult> {
  private static final long serialVersionUID = 1L;

  private final InMemoryTraining training;
  private final Broadcast<TuningData> data;
  private final Pruner.Rule rule;
  private final Watch watch;

  /** Whether a trial is measured after each epoch too, which a pruner needs. */
  enum Watch {
    EVERY_EPOCH,
    THE_LAST
  }

  TrialFn(InMemoryTraining training, Broadcast<TuningData> data, Pruner.Rule rule, Watch watch) {
    this.training = training;
    this.data = data;
    this.rule = rule;
    this.watch = watch;
  }

  @Override
  public TrialResult call(Integer trial) {
    TuningData users = data.value();
    Curve curve = new Curve();
    try {
      return training.train(
          users.contexts(),
          users.items(),
          1,
          (epoch, epochs, vectors) ->
              watch == Watch.THE_LAST || curve.goesOn(epoch, epochs, vectors),
          curve::result);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return TrialResult.failed(e.getMessage()); // no other attempt would end otherwise
    }
  }

  private final class Curve {
    private final TreeMap<Integer, Double> values = new TreeMap<>();
    private double best = Double.NEGATIVE_INFINITY;
    private boolean pruned;

    boolean goesOn(int epoch, int epochs, CurrentVectors vectors) {
      double value = data.value().meanAveragePrecision(vectors);
      values.put(epoch, value);
      best = Math.max(best, value);
      pruned = epoch < epochs && rule.prunes(epoch, best);
      return !pruned;
    }

    TrialResult result(CurrentVectors vectors) {
      if (pruned) {
        return TrialResult.pruned(values);
      }
      // with the rule of profiles, which is learned at the end: not the last epoch's value
      return TrialResult.complete(data.value().meanAveragePrecision(vectors), values);
    }
  }
}
