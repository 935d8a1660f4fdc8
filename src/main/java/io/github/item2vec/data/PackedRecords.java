package io.github.item2vec.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The records of one task's part of the input, packed as much as memory allows; streaming. */
abstract class PackedRecords implements Iterator<Row> {
  private final RowPacker packer;
  private int next;
  private boolean ended;

  PackedRecords(RowPacker packer) {
    this.packer = packer;
  }

  /** Adds the next row of the input, or leaves it out; false when there is none. */
  abstract boolean readTo(RowPacker packer);

  @Override
  public final boolean hasNext() {
    while (next == packer.records() && !ended) {
      packer.clear();
      next = 0;
      while (!ended && !packer.full()) {
        ended = !readTo(packer);
      }
    }
    return next < packer.records();
  }

  @Override
  public final Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return packer.record(next++);
  }
}
