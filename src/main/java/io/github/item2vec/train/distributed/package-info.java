/**
 * Internal: not part of the public API, may change in any release. A training by one task per part.
 */
package io.github.item2vec.train.distributed;
