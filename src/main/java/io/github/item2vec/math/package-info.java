/**
 * Internal: not part of the public API, may change in any release. The inner loops of training and
 * scoring, with vector instructions and in plain Java: the same bits. Knows no Spark.
 */
package io.github.item2vec.math;
