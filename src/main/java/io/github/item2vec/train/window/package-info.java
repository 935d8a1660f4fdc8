/**
 * Internal: not part of the public API, may change in any release. Skip-gram and CBOW: windows,
 * negatives, kernels. Knows no Spark.
 */
package io.github.item2vec.train.window;
