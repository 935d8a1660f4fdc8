/**
 * Internal: not part of the public API, may change in any release. What a training starts from and
 * where it is saved.
 */
package io.github.item2vec.train.checkpoint;
