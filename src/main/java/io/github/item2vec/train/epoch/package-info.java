/**
 * Internal: not part of the public API, may change in any release. What an epoch in memory needs
 * and gives. Knows no Spark.
 */
package io.github.item2vec.train.epoch;
