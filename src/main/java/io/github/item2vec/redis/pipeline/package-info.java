/**
 * Internal: not part of the public API, may change in any release. Commands on their way: batches,
 * replies, redirections.
 */
package io.github.item2vec.redis.pipeline;
