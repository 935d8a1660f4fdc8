package io.github.item2vec.train.history;

/** What a {@link PairTally} gave, read row by row. */
public final class PairRows {
  private final long[] drained;
  private int at;

  /**
   * Before the first row.
   *
   * @param drained {@link PairTally#drain}
   */
  public PairRows(long[] drained) {
    this.drained = drained;
  }

  /**
   * A row.
   *
   * @param columns rising
   * @param counts of each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record PairRow(int[] columns, long[] counts) {}

  /**
   * The next row that is wanted; an empty one where nothing was counted. Rows before it are passed
   * over.
   *
   * @param row above those that were wanted before
   */
  public PairRow row(int row) {
    while (at < drained.length && PairTally.row(drained[at]) < row) {
      at += 2;
    }
    int from = at;
    while (at < drained.length && PairTally.row(drained[at]) == row) {
      at += 2;
    }
    int[] columns = new int[(at - from) / 2];
    long[] counts = new long[columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = PairTally.column(drained[from + 2 * i]);
      counts[i] = drained[from + 2 * i + 1];
    }
    return new PairRow(columns, counts);
  }
}
