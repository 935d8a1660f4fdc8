package io.github.item2vec.item2vec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Item ids to indices; sequences that are null or keep fewer than two items are left out. */
final class EncodeFn implements MapPartitionsFunction<Row, int[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Vocabulary> vocabulary;

  EncodeFn(Broadcast<Vocabulary> vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public Iterator<int[]> call(Iterator<Row> rows) {
    List<int[]> encoded = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!row.isNullAt(0)) {
        int[] sequence = vocabulary.value().encode(row.getList(0));
        if (sequence.length > 1) {
          encoded.add(sequence);
        }
      }
    }
    return encoded.iterator();
  }
}
