/** The bytes of keys and values, and the reader that consumers use. */
package io.github.item2vec.redis.layout;
