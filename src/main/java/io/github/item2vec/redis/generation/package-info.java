/** Generations of lists: begun, checked, flipped to, listed, removed. */
package io.github.item2vec.redis.generation;
