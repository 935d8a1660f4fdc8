/** A Redis of its own for {@code demo} and tests. */
package io.github.item2vec.redis.embedded;
