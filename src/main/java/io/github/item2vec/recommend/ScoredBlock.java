package io.github.item2vec.recommend;

import io.github.item2vec.math.ScoreMath;
import java.util.Arrays;

/**
 * The best items of a block of users: exact scores of all candidates, tile by tile, into one
 * bounded heap a user. Neither users x items scores nor anything that grows with either is held.
 * Not thread-safe; one a task, used again for each block.
 */
final class ScoredBlock {
  /** Items whose vectors stay in the second-level cache while all users of a block pass by. */
  private static final int TILE_FLOATS = 1 << 15;

  private static final int QUAD = ScoreMath.USERS;
  private static final int[] NONE = {};

  private final ScoreMath kernel;
  private final int columns;
  private final boolean normalise;
  private final float[] profiles;
  private final int[][] hidden;
  private final Additions additions;
  private final TopK[] best;
  private final int[] next;
  private final LogSum[] sums;
  private final int panelsPerTile;
  private final float[] scores;
  private int users;

  /**
   * @param users most users of a block
   * @param k length of a list
   * @param columns length of a profile
   * @param normalise whether to sum up the exponentials of all scores too
   */
  ScoredBlock(ScoreMath kernel, int users, int k, int columns, boolean normalise) {
    this.kernel = kernel;
    this.columns = columns;
    this.normalise = normalise;
    int padded = (users + QUAD - 1) / QUAD * QUAD;
    profiles = new float[Math.multiplyExact(padded, columns)];
    hidden = new int[padded][];
    best = new TopK[padded];
    Arrays.setAll(best, i -> new TopK(k));
    next = new int[padded];
    sums = new LogSum[padded];
    Arrays.setAll(sums, i -> new LogSum());
    panelsPerTile = Integer.highestOneBit(Math.max(1, TILE_FLOATS / (ScoreMath.ITEMS * columns)));
    additions = new Additions(Integer.numberOfTrailingZeros(stride()), padded);
    scores = new float[QUAD * stride()];
  }

  private int stride() {
    return panelsPerTile * ScoreMath.ITEMS;
  }

  /** Most users of a block. */
  int capacity() {
    return best.length;
  }

  /** Whether the users so far add so much to scores that no more should be taken in. */
  boolean enough() {
    return additions.enough();
  }

  /** Forgets the last block. */
  void clear() {
    users = 0;
    Arrays.fill(profiles, 0);
    Arrays.fill(hidden, NONE);
    additions.clear();
    Arrays.fill(next, 0);
    for (int i = 0; i < best.length; i++) {
      best[i].clear();
      sums[i].clear();
    }
  }

  /**
   * Adds a user.
   *
   * @param notRecommended places of items to leave out, rising
   * @throws IllegalArgumentException when a score could be NaN or infinite
   */
  void add(Profile user, int[] notRecommended, CandidateItems items) {
    float[] profile = user.vector();
    float largest = 0;
    for (int d = 0; d < columns; d++) {
      // a NaN stays one through Math.max
      largest = Math.max(largest, Math.abs(profile[d]));
      profiles[users / QUAD * QUAD * columns + d * QUAD + users % QUAD] = profile[d];
    }
    double bound =
        (double) largest * items.largest() * columns
            + user.rule().largestAddition(user.context().length);
    if (!(largest <= Float.MAX_VALUE && bound <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "profile with a value of %s: scores are not finite".formatted(largest));
    }
    additions.add(user.rule(), user.context());
    hidden[users++] = notRecommended;
  }

  /** Scores all users against all items. */
  void score(CandidateItems items) {
    int panels = (items.size() + ScoreMath.ITEMS - 1) / ScoreMath.ITEMS;
    for (int panel = 0; panel < panels; panel += panelsPerTile) {
      int count = Math.min(panelsPerTile, panels - panel);
      for (int user = 0; user < users; user += QUAD) {
        int from = panel * ScoreMath.ITEMS;
        kernel.products(
            profiles,
            user * columns,
            columns,
            items.panels(),
            from * columns,
            count,
            scores,
            stride());
        int size = Math.min(count * ScoreMath.ITEMS, items.size() - from);
        for (int u = user; u < Math.min(user + QUAD, users); u++) {
          take(u, from, (u - user) * stride(), size);
        }
      }
    }
  }

  /** Takes in one user's scores of a tile: {@code size} of them, the first at {@code at}. */
  private void take(int user, int firstItem, int at, int size) {
    additions.addTo(user, firstItem, scores, at);
    if (normalise) {
      for (int i = at; i < at + size; i++) {
        sums[user].add(scores[i]);
      }
    }
    int[] out = hidden[user];
    while (next[user] < out.length && out[next[user]] < firstItem + size) {
      scores[at + out[next[user]++] - firstItem] = Float.NEGATIVE_INFINITY;
    }
    TopK heap = best[user];
    int i = kernel.firstAbove(heap.threshold(), scores, at, at + size);
    while (i < at + size) {
      heap.offer(firstItem + i - at, scores[i]);
      i = kernel.firstAbove(heap.threshold(), scores, i + 1, at + size);
    }
  }

  /** The list of the n-th user added; once. */
  PartialList list(int user, CandidateItems items) {
    TopK heap = best[user];
    int[] places = new int[heap.size()];
    float[] products = new float[places.length];
    heap.drainTo(places, products);
    String[] ids = new String[places.length];
    Arrays.setAll(ids, i -> items.index().item(places[i]));
    return new PartialList(ids, products, sums[user].log());
  }
}
