/**
 * Internal: not part of the public API, may change in any release. A training in one task: epochs,
 * validation, early stopping.
 */
package io.github.item2vec.train.onetask;
