package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What goes with what: for each item a ridge regression of its column of the interaction matrix on
 * those of the {@value #MOST} items nearest to it by cosine (SLIM restricted to neighbours, Ning
 * and Karypis 2011, section 4.2.2, with a squared penalty of {@value #PENALTY}). With G the
 * co-occurrence counts and N the neighbours, the weights are (G_NN + penalty I)^-1 G_Nj.
 *
 * <p>Co-occurrences are counted over whole sequences. When these have more than {@value
 * #MOST_PAIRS} pairs, a sample of them by their order stands for all, and the penalty shrinks with
 * it.
 */
final class Neighbours {
  static final int MOST = 50;
  static final double PENALTY = 100;

  /** Bounds time (about a second) and memory (8 bytes each at the most). */
  static final long MOST_PAIRS = 1L << 25;

  private static final int SLICES = 64;

  private final int[][] sequences;
  private final Occurrences occurrences;
  private final int items;
  private final double penalty;

  /** Of each item: the items that it occurs with, rising, and how often. */
  private final int[][] partners;

  private final int[][] counts;

  private Neighbours(int[][] sequences, int items, double penalty) {
    this.sequences = sequences;
    this.occurrences = new Occurrences(sequences, items);
    this.items = items;
    this.penalty = penalty;
    this.partners = new int[items][];
    this.counts = new int[items][];
  }

  /** The table of some sequences; the same on any number of threads. */
  static ItemTable of(int[][] sequences, int items, Workers workers) {
    int[][] some = sample(sequences, MOST_PAIRS);
    double share = sequences.length == 0 ? 1 : (double) some.length / sequences.length;
    Neighbours neighbours = new Neighbours(some, items, PENALTY * share);
    workers.run(SLICES, slice -> neighbours.count(slice));
    TableRows rows = new TableRows(items);
    workers.run(SLICES, slice -> neighbours.solve(slice, rows));
    return rows.transposed();
  }

  /** The first sequences, as many as have no more pairs; their order is random already. */
  static int[][] sample(int[][] sequences, long mostPairs) {
    List<int[]> some = new ArrayList<>();
    long pairs = 0;
    for (int[] sequence : sequences) {
      pairs += (long) sequence.length * sequence.length;
      if (pairs > mostPairs && !some.isEmpty()) {
        break;
      }
      some.add(sequence);
    }
    return some.toArray(int[][]::new);
  }

  private int from(int slice) {
    return (int) ((long) items * slice / SLICES);
  }

  private void count(int slice) {
    Tally tally = new Tally(items);
    for (int item = from(slice); item < from(slice + 1); item++) {
      int from = occurrences.start(item);
      for (int at = from; at < from + occurrences.count(item); at++) {
        for (int other : sequences[occurrences.sequence(at)]) {
          if (other != item) {
            tally.add(other, 1);
          }
        }
      }
      partners[item] = tally.items();
      counts[item] = Arrays.stream(partners[item]).map(tally::count).toArray();
      tally.clear();
    }
  }

  private void solve(int slice, TableRows rows) {
    double[][] matrix = new double[MOST][MOST];
    double[] vector = new double[MOST];
    for (int item = from(slice); item < from(slice + 1); item++) {
      Greatest nearest = nearest(item);
      int n = nearest.items().length;
      for (int a = 0; a < n; a++) {
        int one = nearest.items()[a];
        vector[a] = together(one, item);
        matrix[a][a] = occurrences.count(one) + penalty;
        for (int b = 0; b < a; b++) {
          matrix[a][b] = together(one, nearest.items()[b]);
        }
      }
      Cholesky.solve(matrix, vector, n);
      float[] weights = new float[n];
      for (int a = 0; a < n; a++) {
        weights[a] = (float) vector[a];
      }
      rows.set(item, nearest.items(), weights);
    }
  }

  /** By co-occurrences over the root of the other's count; the item's own is the same for all. */
  private Greatest nearest(int item) {
    float[] cosines = new float[partners[item].length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = (float) (counts[item][i] / Math.sqrt(occurrences.count(partners[item][i])));
    }
    return Greatest.of(partners[item], cosines, MOST);
  }

  private int together(int a, int b) {
    int at = Arrays.binarySearch(partners[a], b);
    return at < 0 ? 0 : counts[a][at];
  }
}
