/** What a user would pick instead, on the same split: popularity and Spark's own Word2Vec. */
package io.github.item2vec.baseline;
