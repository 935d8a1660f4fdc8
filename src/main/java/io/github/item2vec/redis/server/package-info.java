/** Servers, clusters, sentinels: connections and what they say. */
package io.github.item2vec.redis.server;
