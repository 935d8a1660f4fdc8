/** Models as files of the original word2vec program. */
package io.github.item2vec.train.format;
