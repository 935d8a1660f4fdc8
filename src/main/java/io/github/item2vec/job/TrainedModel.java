package io.github.item2vec.job;

import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.PopularItems;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.TrainingSummary;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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

  /** What came of it, for the console. */
  String outcome() {
    return summary()
        .map(Outcomes::of)
        .orElseGet(() -> String.format(Locale.ROOT, "%,d items", vectors.size()));
  }

  /**
   * All items that lists may hold, the popular ones first; a saved model may know some that have
   * left the ratings.
   */
  List<String> catalogue(PopularItems popular) {
    Set<String> items = new LinkedHashSet<>(popular.items());
    IntStream.range(0, vectors.size()).mapToObj(vectors::item).forEach(items::add);
    return List.copyOf(items);
  }
}
