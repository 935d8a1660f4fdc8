/** word2vec and the basket model over item sequences as a Spark ML estimator, and their kernels. */
package io.github.item2vec.train;
