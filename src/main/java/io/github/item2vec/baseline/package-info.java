/**
 * What a user would pick instead, on the same split: popularity, Spark's Word2Vec and ALS, and
 * EASE.
 */
package io.github.item2vec.baseline;
