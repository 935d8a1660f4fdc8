/** Publishing top-K lists to Redis and reading them back: no reply unread, no list appended to. */
package io.github.item2vec.redis;
