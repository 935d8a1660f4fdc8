package io.github.item2vec.job;

import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.TrainingSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.util.MLWritable;

/**
 * What a trainer hands on.
 *
 * @param model for {@code OUTPUT/model}
 * @param vectors for the recommender
 */
public record TrainedModel(MLWritable model, ItemVectors vectors) {
  /** How the training went, epoch by epoch, for run.json; empty when the trainer does not tell. */
  Optional<Map<String, Object>> training() {
    return summary().map(TrainedModel::fields);
  }

  /** As {@link #training}, for whoever wants numbers. */
  Optional<TrainingSummary> summary() {
    return model instanceof Item2VecModel trained && trained.hasSummary()
        ? Optional.of(trained.summary())
        : Optional.empty();
  }

  private static Map<String, Object> fields(TrainingSummary summary) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("items", summary.items());
    fields.put("itemsPerEpoch", summary.itemsPerEpoch());
    fields.put("epochs", summary.totalIterations());
    fields.put("bestEpoch", summary.bestEpoch());
    fields.put("seconds", summary.seconds());
    fields.put("itemsPerSecond", summary.itemsPerSecond());
    fields.put("losses", summary.losses());
    fields.put("validation", summary.validation());
    fields.put("epochSeconds", known(summary.epochSeconds()));
    return fields;
  }

  /** null for what is not known: JSON has no NaN. */
  private static List<Double> known(List<Double> values) {
    return values.stream().map(value -> value.isNaN() ? null : value).toList();
  }
}
