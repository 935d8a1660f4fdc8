package io.github.item2vec.recommend;

/**
 * The k best (index, score) pairs seen so far: a bounded min-heap in primitive arrays. Higher
 * scores win, equal scores by lower index. Not thread-safe; one an instance of a task.
 */
final class TopK {
  private final int[] indices;
  private final float[] scores;
  private int size;

  /**
   * @param k >= 1
   */
  TopK(int k) {
    indices = new int[k];
    scores = new float[k];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** What a score of a higher index than all so far must exceed to be taken in. */
  float threshold() {
    return size < indices.length ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /** Takes the pair in if it is among the k best. */
  void offer(int index, float score) {
    if (size < indices.length) {
      indices[size] = index;
      scores[size] = score;
      siftUp(size++);
    } else if (better(index, score, indices[0], scores[0])) {
      indices[0] = index;
      scores[0] = score;
      siftDown(size);
    }
  }

  /** Empties the heap into the two arrays, best first, from position 0; both of length size(). */
  void drainTo(int[] bestIndices, float[] bestScores) {
    while (size > 0) {
      bestIndices[size - 1] = indices[0];
      bestScores[size - 1] = scores[0];
      size--;
      indices[0] = indices[size];
      scores[0] = scores[size];
      siftDown(size);
    }
  }

  private static boolean better(int index, float score, int otherIndex, float otherScore) {
    return score > otherScore || (score == otherScore && index < otherIndex);
  }

  private boolean better(int a, int b) {
    return better(indices[a], scores[a], indices[b], scores[b]);
  }

  private void siftUp(int child) {
    int node = child;
    while (node > 0 && better((node - 1) / 2, node)) {
      swap(node, (node - 1) / 2);
      node = (node - 1) / 2;
    }
  }

  private void siftDown(int end) {
    int node = 0;
    while (true) {
      int worst = node;
      for (int child = 2 * node + 1; child <= 2 * node + 2 && child < end; child++) {
        if (better(worst, child)) {
          worst = child;
        }
      }
      if (worst == node) {
        return;
      }
      swap(node, worst);
      node = worst;
    }
  }

  private void swap(int a, int b) {
    int index = indices[a];
    float score = scores[a];
    indices[a] = indices[b];
    scores[a] = scores[b];
    indices[b] = index;
    scores[b] = score;
  }
}
