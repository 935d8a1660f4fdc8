/**
 * Publishing top-K lists to Redis: the Spark data source, from {@code df.write} to a row of one
 * task.
 */
package io.github.item2vec.redis;
