package io.github.item2vec.recommend;

/**
 * What a user's scores are made of: an item's score is (vector . its target vector) plus what is
 * added for it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Profile(float[] vector, Additions.Sum additions) {}
