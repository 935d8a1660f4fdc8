package io.github.item2vec.job;

import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.TrainingSummary;
import java.util.Optional;
import org.apache.spark.ml.util.MLWritable;

/**
 * What a trainer hands on.
 *
 * @param model for {@code OUTPUT/model}
 * @param vectors for the recommender
 */
public record TrainedModel(MLWritable model, ItemVectors vectors) {
  /** How its contexts become scores; empty when the trainer has no rule for that. */
  Optional<ProfileRule> rule() {
    return model instanceof Item2VecModel trained
        ? Optional.of(trained.profileRule())
        : Optional.empty();
  }

  /** How the training went, epoch by epoch; empty when the trainer does not tell. */
  Optional<TrainingSummary> summary() {
    return model instanceof Item2VecModel trained && trained.hasSummary()
        ? Optional.of(trained.summary())
        : Optional.empty();
  }
}
