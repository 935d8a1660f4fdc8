/** Ratings in: read, checked, counted, ordered, split; and planted ratings to try things on. */
package io.github.item2vec.data;
