/** word2vec with negative sampling over item sequences as a Spark ML estimator, and its kernels. */
package io.github.item2vec.item2vec;
