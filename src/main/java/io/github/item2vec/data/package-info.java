/** Ratings in: read, checked, counted, ordered, split. */
package io.github.item2vec.data;
