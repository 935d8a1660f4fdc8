package io.github.item2vec.recommend;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** The rows (item, vector) of a partition to one tile; none to none. Runs in tasks. */
final class PackItemsFn implements FlatMapFunction<Iterator<Row>, CandidateItems> {
  private static final long serialVersionUID = 1L;

  private final int columns;
  private final ItemFilter filter;

  PackItemsFn(int columns, ItemFilter filter) {
    this.columns = columns;
    this.filter = filter;
  }

  @Override
  public Iterator<CandidateItems> call(Iterator<Row> rows) {
    List<String> items = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      items.add(row.getString(0));
      vectors.add(ProfileSource.floats(row.getList(1)));
    }
    return items.isEmpty()
        ? List.<CandidateItems>of().iterator()
        : List.of(CandidateItems.of(items, columns, (i, d) -> vectors.get(i)[d]).hiding(filter))
            .iterator();
  }
}
