package io.github.item2vec.recommend;

/**
 * What a user's scores are made of: an item's score is (vector . its target vector) plus what the
 * rule's tables add for the context.
 *
 * @param context places of the known items of the context, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Profile(float[] vector, ProfileRule rule, int[] context) {
  private static final ProfileRule NOTHING = ProfileRule.mean(0);

  /** A vector, and nothing added. */
  static Profile of(float[] vector) {
    return new Profile(vector, NOTHING, new int[0]);
  }
}
