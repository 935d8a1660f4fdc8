package io.github.item2vec.recommend;

import java.util.ArrayList;
import java.util.List;

/**
 * What lists are scored with: for each item a context vector (a user's profile is their mean over
 * the user's items) and a target vector (the score is profile . target), and a {@link ProfileRule}
 * for contexts whose order means something. On the driver; what tasks need of it is broadcast.
 *
 * <p>Items are kept in ascending order of id, so that a tie between scores is decided by place.
 */
public final class ItemVectors {
  private final ContextVectors contexts;
  private final CandidateItems targets;

  /** The index, in the list that was given, of the item at each place. */
  private final int[] order;

  /**
   * @param items distinct item ids, in the order of the vectors
   * @param vectorSize length of a vector, > 0
   * @param contexts row-major, {@code items.size() * vectorSize}
   * @param targets of the same shape
   * @throws IllegalArgumentException when the shapes disagree, an item is there twice or a value is
   *     NaN or infinite
   */
  public ItemVectors(List<String> items, int vectorSize, float[] contexts, float[] targets) {
    int length = Math.multiplyExact(items.size(), vectorSize);
    if (contexts.length != length || targets.length != length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d values for %d items x %d"
              .formatted(contexts.length, targets.length, items.size(), vectorSize));
    }
    int[] order = ItemIndex.order(items);
    ItemIndex index = ItemIndex.of(items, order);
    this.targets =
        CandidateItems.of(index, vectorSize, (place, d) -> targets[order[place] * vectorSize + d]);
    float[] rows = new float[length];
    for (int place = 0; place < order.length; place++) {
      System.arraycopy(contexts, order[place] * vectorSize, rows, place * vectorSize, vectorSize);
    }
    requireFinite(rows);
    this.contexts = new ContextVectors(index, vectorSize, rows, ProfileRule.mean(order.length));
    this.order = order;
  }

  private ItemVectors(ContextVectors contexts, CandidateItems targets, int[] order) {
    this.contexts = contexts;
    this.targets = targets;
    this.order = order;
  }

  /**
   * The same vectors under another rule.
   *
   * @param rule its tables' rows and columns are the items as they were given
   * @throws IllegalArgumentException when the rule is for another number of items
   */
  public ItemVectors under(ProfileRule rule) {
    if (rule.transitions().items() != order.length) {
      throw new IllegalArgumentException(
          "a rule for %d items, vectors for %d"
              .formatted(rule.transitions().items(), order.length));
    }
    return new ItemVectors(contexts.under(rule.reordered(order)), targets, order);
  }

  /**
   * Items that score each other directly, as EASE and item-based neighbours do: the context vector
   * of an item is its unit vector, so that the profile is the user's row of the interaction matrix.
   *
   * @param items distinct item ids
   * @param weights {@code weights[j * items.size() + i]}: what item j of the context adds to the
   *     score of item i
   * @throws IllegalArgumentException as the constructor
   */
  public static ItemVectors ofWeights(List<String> items, float[] weights) {
    int n = items.size();
    if (weights.length != Math.multiplyExact(n, n)) {
      throw new IllegalArgumentException(
          "%d weights for %d items x %d".formatted(weights.length, n, n));
    }
    int[] order = ItemIndex.order(items);
    ItemIndex index = ItemIndex.of(items, order);
    return new ItemVectors(
        new ContextVectors(index, n, null, ProfileRule.mean(n)),
        CandidateItems.of(index, n, (place, d) -> weights[order[d] * n + order[place]]),
        order);
  }

  /**
   * The context vectors, each of length 1, as contexts and as targets, so that a product is a
   * cosine; a zero vector stays.
   *
   * @throws IllegalStateException when items score each other directly and have no vectors
   */
  public ItemVectors unitLength() {
    float[] unit = new float[Math.multiplyExact(size(), contexts.columns())];
    List<String> items = new ArrayList<>(size());
    for (int place = 0; place < size(); place++) {
      items.add(item(place));
      contexts.putUnitLength(place, unit);
    }
    return new ItemVectors(items, contexts.columns(), unit, unit);
  }

  private static void requireFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("item vectors hold " + value);
      }
    }
  }

  public int size() {
    return targets.size();
  }

  /** The item at a place in the order of ids. */
  public String item(int place) {
    return targets.index().item(place);
  }

  /** Whether the item has vectors. */
  public boolean contains(String item) {
    return targets.index().placeOf(item) >= 0;
  }

  /**
   * A copy of an item's context vector; unit vectors are made for it.
   *
   * @throws IllegalArgumentException when the item has none, see {@link #contains}
   */
  public float[] context(String item) {
    int place = targets.index().placeOf(item);
    if (place < 0) {
      throw new IllegalArgumentException("no vector for item '%s'".formatted(item));
    }
    return contexts.row(place);
  }

  /** Memory of the vectors. */
  public long bytes() {
    return contexts.bytes() + (long) Float.BYTES * targets.panels().length;
  }

  ContextVectors contexts() {
    return contexts;
  }

  /** A user's profile, see {@link Recommender#byVectors}; null when no item is known. */
  float[] profile(List<String> context) {
    Profile profile = contexts.profile(context, List.of());
    return profile == null ? null : profile.vector();
  }

  CandidateItems targets() {
    return targets;
  }
}
