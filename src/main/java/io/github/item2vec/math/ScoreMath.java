package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;

/**
 * The inner loops of scoring: products of four profiles with panels of sixteen items, and the
 * search for scores above a threshold.
 *
 * <p>A score is one sum over the columns in rising order, each product fused into it ({@link
 * Math#fma}), whichever implementation computes it and wherever profile and item stand in their
 * blocks. So scores have the same bits on every machine, for every block size.
 */
public abstract class ScoreMath {
  /** Items in a panel. */
  public static final int ITEMS = 16;

  /** Profiles that are multiplied at once. */
  public static final int USERS = 4;

  /** Vector instructions where the JVM offers them, else plain Java; chosen once. */
  public static ScoreMath best() {
    return Best.KERNEL;
  }

  /** Apart from the type: two threads that each wait for a class of the other would hang. */
  private static final class Best {
    static final ScoreMath KERNEL = VectorModule.choose(MethodHandles.lookup(), ScoreMath.class);
  }

  /**
   * {@code out[u * stride + j] = profile u . item j} for u in 0 .. 3 and all items j of the panels.
   *
   * @param quad four profiles, {@code quad[at + d * 4 + u]} is the d-th value of profile u
   * @param columns length of a profile
   * @param panels {@code panels[from + (p * columns + d) * 16 + i]} is the d-th value of item 16 p
   *     + i
   * @param count of panels
   * @param stride of {@code out}, at least 16 count
   */
  public abstract void products(
      float[] quad,
      int at,
      int columns,
      float[] panels,
      int from,
      int count,
      float[] out,
      int stride);

  /** The first place in from .. to - 1 whose score is above the threshold; {@code to} if none. */
  public abstract int firstAbove(float threshold, float[] scores, int from, int to);
}
