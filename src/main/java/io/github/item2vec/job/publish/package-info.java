/** Lists to Redis, and what operators do with them. */
package io.github.item2vec.job.publish;
