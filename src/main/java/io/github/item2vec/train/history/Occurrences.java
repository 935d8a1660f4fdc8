package io.github.item2vec.train.history;

/** Where each item stands in some sequences. 8 bytes per place. */
final class Occurrences {
  private final int[] starts;
  private final int[] sequences;
  private final int[] places;

  Occurrences(int[][] all, int items) {
    starts = new int[items + 1];
    for (int[] sequence : all) {
      for (int item : sequence) {
        starts[item + 1]++;
      }
    }
    for (int item = 0; item < items; item++) {
      starts[item + 1] += starts[item];
    }
    sequences = new int[starts[items]];
    places = new int[starts[items]];
    int[] at = starts.clone();
    for (int s = 0; s < all.length; s++) {
      for (int place = 0; place < all[s].length; place++) {
        int to = at[all[s][place]]++;
        sequences[to] = s;
        places[to] = place;
      }
    }
  }

  int start(int item) {
    return starts[item];
  }

  int count(int item) {
    return starts[item + 1] - starts[item];
  }

  int sequence(int at) {
    return sequences[at];
  }

  int place(int at) {
    return places[at];
  }
}
