/**
 * Internal: not part of the public API, may change in any release. The basket model: batches,
 * losses, Adam. Knows no Spark.
 */
package io.github.item2vec.train.basket;
