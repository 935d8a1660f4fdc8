package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What goes with what: for each item a ridge regression of its column of the interaction matrix on
 * those of the {@value #MOST} items nearest to it by cosine (SLIM restricted to neighbours, Ning
 * and Karypis 2011, section 4.2.2, with a squared penalty of {@value #PENALTY}). With G the
 * co-occurrence counts and N the neighbours, the weights are (G_NN + penalty I)^-1 G_Nj.
 *
 * <p>Co-occurrences are counted over whole sequences. When these have many pairs, a {@link
 * PairSample} stands for all, and the penalty shrinks with it. So one task can hold all that any
 * item needs, however large the data: 8 bytes per pair of the sample at the most.
 */
public final class Neighbours {
  static final int MOST = 50;
  static final double PENALTY = 100;

  private static final int SLICES = 64;

  private final int[][] sequences;
  private final Occurrences occurrences;
  private final double penalty;

  /** Of each item that is counted: the items that it occurs with, rising, and how often. */
  private final int[][] partners;

  private final int[][] counts;

  private Neighbours(int[][] sequences, int items, double penalty) {
    this.sequences = sequences;
    this.occurrences = new Occurrences(sequences, items);
    this.penalty = penalty;
    this.partners = new int[items][];
    this.counts = new int[items][];
  }

  /** Entries of a column at most. */
  public static int mostPerItem() {
    return MOST;
  }

  /** The table of some sequences; the same on any number of threads. */
  static ItemTable of(int[][] sequences, int items, Workers workers) {
    return of(sequences, items, PairSample.MOST_PAIRS, workers);
  }

  /**
   * The same with another bound.
   *
   * @param mostPairs of the {@link PairSample}
   */
  public static ItemTable of(int[][] sequences, int items, long mostPairs, Workers workers) {
    PairSample sample = PairSample.of(sequences, mostPairs);
    int[][] some = Arrays.stream(sequences).filter(sample::chooses).toArray(int[][]::new);
    Neighbours neighbours = new Neighbours(some, items, penalty(some.length, sequences.length));
    workers.ranges(
        items,
        SLICES,
        (from, to) -> neighbours.count(IntStream.range(from, to).toArray(), new Tally(items)));
    TableRows rows = new TableRows(items);
    workers.ranges(items, SLICES, (from, to) -> neighbours.solve(from, to, rows));
    return rows.transposed();
  }

  private static double penalty(long some, long all) {
    return PENALTY * (all == 0 ? 1 : (double) some / (double) all);
  }

  /**
   * For some columns of the table, in one of many tasks.
   *
   * @param sample all sequences that {@link PairSample} chooses, in any order
   * @param all number of sequences that it chooses from
   * @param columns items
   */
  public static Neighbours counted(int[][] sample, int items, long all, int[] columns) {
    Neighbours neighbours = new Neighbours(sample, items, penalty(sample.length, all));
    Tally tally = new Tally(items);
    neighbours.count(columns, tally);
    for (int column : columns) {
      neighbours.count(neighbours.nearest(column).items(), tally);
    }
    return neighbours;
  }

  private void count(int[] some, Tally tally) {
    for (int item : some) {
      if (partners[item] == null) {
        count(item, tally);
      }
    }
  }

  private void count(int item, Tally tally) {
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

  private void solve(int from, int to, TableRows rows) {
    for (int item = from; item < to; item++) {
      column(item).to(item, rows);
    }
  }

  /**
   * A column of the table: the item's weights by neighbour.
   *
   * @param item one of the columns that were counted for
   */
  public Greatest column(int item) {
    int[] nearest = nearest(item).items();
    int n = nearest.length;
    double[][] matrix = new double[n][n];
    double[] vector = new double[n];
    for (int a = 0; a < n; a++) {
      int one = nearest[a];
      vector[a] = together(one, item);
      matrix[a][a] = occurrences.count(one) + penalty;
      for (int b = 0; b < a; b++) {
        matrix[a][b] = together(one, nearest[b]);
      }
    }
    Cholesky.solve(matrix, vector, n);
    float[] weights = new float[n];
    for (int a = 0; a < n; a++) {
      weights[a] = (float) vector[a];
    }
    return new Greatest(nearest, weights);
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
