/**
 * Internal: not part of the public API, may change in any release. What a model holds: vocabulary
 * and vectors, on the driver or on the executors.
 */
package io.github.item2vec.train.model;
