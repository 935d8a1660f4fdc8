/** Synthetic ratings, to try things on. */
package io.github.item2vec.data.planted;
