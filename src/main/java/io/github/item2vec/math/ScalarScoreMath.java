package io.github.item2vec.math;

import java.util.Arrays;

/** Plain Java. */
final class ScalarScoreMath extends ScoreMath {
  @Override
  public void products(
      float[] quad,
      int at,
      int columns,
      float[] panels,
      int from,
      int count,
      float[] out,
      int stride) {
    for (int u = 0; u < USERS; u++) {
      Arrays.fill(out, u * stride, u * stride + count * ITEMS, 0);
      for (int p = 0; p < count; p++) {
        for (int d = 0; d < columns; d++) {
          add(
              quad[at + d * USERS + u],
              panels,
              from + (p * columns + d) * ITEMS,
              out,
              u * stride + p * ITEMS);
        }
      }
    }
  }

  private static void add(float value, float[] panels, int from, float[] out, int to) {
    for (int i = 0; i < ITEMS; i++) {
      out[to + i] = Math.fma(value, panels[from + i], out[to + i]);
    }
  }

  @Override
  public int firstAbove(float threshold, float[] scores, int from, int to) {
    int i = from;
    while (i < to && !(scores[i] > threshold)) {
      i++;
    }
    return i;
  }
}
