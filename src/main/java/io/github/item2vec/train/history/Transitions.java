package io.github.item2vec.train.history;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;

/** Counts {@link TransitionWeights} in the memory of one task. */
final class Transitions {
  private static final int SLICES = 64;

  private final int[][] sequences;
  private final Occurrences occurrences;
  private final TransitionWeights weights;

  private Transitions(int[][] sequences, int items) {
    this.sequences = sequences;
    this.occurrences = new Occurrences(sequences, items);
    this.weights = new TransitionWeights(columns(sequences, items));
  }

  /** The table of some sequences; the same on any number of threads. */
  static ItemTable of(int[][] sequences, int items, Workers workers) {
    Transitions transitions = new Transitions(sequences, items);
    TableRows rows = new TableRows(items);
    workers.ranges(
        items,
        SLICES,
        (from, to) -> {
          Tally tally = new Tally(items);
          for (int item = from; item < to; item++) {
            transitions.row(item, tally).to(item, rows);
          }
        });
    return rows.table();
  }

  private static long[] columns(int[][] sequences, int items) {
    long[] columns = new long[items];
    for (int[] sequence : sequences) {
      for (int t = 1; t < sequence.length; t++) {
        columns[sequence[t]] += TransitionWeights.column(t);
      }
    }
    return columns;
  }

  private Greatest row(int item, Tally tally) {
    int from = occurrences.start(item);
    for (int at = from; at < from + occurrences.count(item); at++) {
      TransitionWeights.count(
          sequences[occurrences.sequence(at)],
          occurrences.place(at),
          (same, follower, count) -> tally.add(follower, count));
    }
    int[] followers = tally.items();
    long[] counts = Arrays.stream(followers).mapToLong(tally::count).toArray();
    tally.clear();
    return weights.row(item, followers, counts);
  }
}
