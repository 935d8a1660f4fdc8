package io.github.item2vec.job;

import io.github.item2vec.recommend.ItemVectors;
import org.apache.spark.ml.util.MLWritable;

/**
 * What a trainer hands on.
 *
 * @param model for {@code OUTPUT/model}
 * @param vectors for the recommender
 */
record TrainedModel(MLWritable model, ItemVectors vectors) {}
