/** How far a training is. */
package io.github.item2vec.train.progress;
