package io.github.item2vec.train.onetask;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.train.model.ItemMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedVectorsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 3, 1", "70000, 30, 3", "3, 1100000, 3", "2048, 512, 1"})
  void holdEveryRowOnce(int items, int vectorSize, int pieces) {
    Random random = new Random(items);
    List<Row> rows = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      rows.add(RowFactory.create(item, floats(random, vectorSize), floats(random, vectorSize)));
    }
    ItemMatrix input = ItemMatrix.zeros(items, vectorSize);
    ItemMatrix output = ItemMatrix.zeros(items, vectorSize);
    List<Row> packed = new ArrayList<>();
    PackedVectors.pack(rows.iterator(), items, vectorSize).forEachRemaining(packed::add);
    for (Row row : packed) {
      input.set(row.getInt(0), (float[]) row.get(1));
      output.set(row.getInt(0), (float[]) row.get(2));
    }

    assertThat(packed).hasSize(pieces);
    for (int item = 0; item < items; item++) {
      assertThat(input.floats(item)).isEqualTo(rows.get(item).get(1));
      assertThat(output.floats(item)).isEqualTo(rows.get(item).get(2));
    }
  }

  @Test
  void letResultsThrough() {
    Row results = RowFactory.create(TrainFn.RESULTS, new double[1], new double[1], new double[1]);

    assertThat(PackedVectors.pack(List.of(results).iterator(), 5, 3).next()).isSameAs(results);
  }

  private static float[] floats(Random random, int size) {
    float[] floats = new float[size];
    for (int d = 0; d < size; d++) {
      floats[d] = random.nextFloat();
    }
    return floats;
  }
}
