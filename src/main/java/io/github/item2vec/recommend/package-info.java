/** Exact top-K lists from item vectors or popularity, inside tasks, never collected. */
package io.github.item2vec.recommend;
