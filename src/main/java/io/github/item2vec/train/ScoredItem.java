package io.github.item2vec.train;

/**
 * An item of a ranked list.
 *
 * @param item its id
 * @param score a probability or a cosine, as the method that returns it says
 */
public record ScoredItem(String item, double score) {}
