package io.github.item2vec.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class VocabularyTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType().add("items", DataTypes.createArrayType(DataTypes.StringType));

  @Test
  void countsAsALoopDoes() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    Map<String, Long> counts = new HashMap<>();
    for (int row = 0; row < 300; row++) {
      String[] items = random.nextInt(20) == 0 ? null : new String[random.nextInt(12)];
      for (int i = 0; items != null && i < items.length; i++) {
        items[i] = random.nextInt(15) == 0 ? null : "é" + random.nextInt(1 + random.nextInt(60));
        if (items[i] != null) {
          counts.merge(items[i], 1L, Long::sum);
        }
      }
      rows.add(RowFactory.create((Object) items));
    }
    int minCount = 1 + random.nextInt(8);
    List<Map.Entry<String, Long>> expected =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= minCount)
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();

    Vocabulary counted =
        Vocabulary.count(rows(rows).repartition(3), functions.col("items"), minCount);
    assertThat(counted.items())
        .containsExactly(expected.stream().map(Map.Entry::getKey).toArray(String[]::new));
    assertThat(counted.counts())
        .containsExactly(expected.stream().mapToLong(Map.Entry::getValue).toArray());
  }

  @Test
  void tooHighACountSaysWhatThereIs() {
    Dataset<Row> rows = rows(List.of(RowFactory.create((Object) new String[] {"a", "b", "a"})));
    assertThatThrownBy(() -> Vocabulary.count(rows, functions.col("items"), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no item occurs minCount = 3 times: 2 distinct items, the most frequent 2 times");
  }

  private static Dataset<Row> rows(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
