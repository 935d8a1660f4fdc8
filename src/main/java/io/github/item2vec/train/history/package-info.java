/**
 * Internal: not part of the public API, may change in any release. What the order of histories
 * says, learned next to the vectors: weights by lag, what follows what, what goes with what. Knows
 * no Spark.
 */
package io.github.item2vec.train.history;
