package io.github.item2vec.evaluate;

import java.util.Locale;

/**
 * Items by popularity: their places among the items in the order of falling counts, cut where a
 * fifth and four fifths of all rows of the train part are reached, so that head and tail have about
 * as many rows each. The cut of Abdollahpouri et al., "User-centered Evaluation of Popularity Bias
 * in Recommender Systems", UMAP 2021.
 */
enum ItemSegment {
  /** Less than a fifth of all rows are those of more popular items. */
  HEAD,
  /** A fifth at least, less than four fifths. */
  MIDDLE,
  /** Four fifths at least. */
  TAIL,
  /** Not in the train part. */
  NEW;

  /**
   * The segment of an item of the train part.
   *
   * @param before rows of all items that stand before it, below 2^60
   * @param all rows of the train part, > before
   */
  static ItemSegment of(long before, long all) {
    if (5 * before < all) {
      return HEAD;
    }
    return 5 * before < 4 * all ? MIDDLE : TAIL;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its place in arrays with one number for each. */
  @SuppressWarnings("EnumOrdinal") // nothing that is stored holds it
  int index() {
    return ordinal();
  }
}
