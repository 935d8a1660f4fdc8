package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class GlobalTimeTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType()
          .add(Columns.USER, DataTypes.StringType)
          .add(Columns.ITEMS, DataTypes.createArrayType(DataTypes.StringType))
          .add(Columns.TIMES, DataTypes.createArrayType(DataTypes.DoubleType));

  @Test
  void splitsAsTheLiteralTwinAndLosesNoRow() {
    long seed = System.nanoTime();
    System.out.println("GlobalTimeTest seed " + seed);
    Random random = new Random(seed);
    List<Row> histories = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int user = 0; user < 60; user++) {
      String[] items = new String[random.nextInt(12)];
      Double[] times = new Double[items.length];
      for (int i = 0; i < items.length; i++) {
        items[i] = "i" + i;
        times[i] = (double) random.nextInt(40); // many ties
        all.add(times[i]);
      }
      histories.add(RowFactory.create("u" + user, items, times));
    }
    all.sort(null);
    int n = all.size();
    double testFrom = all.get(n - (int) Math.ceil(n * 0.2));
    double validationFrom = all.get(n - (int) Math.ceil(n * (0.2 + 0.15)));

    Dataset<Row> rows = spark.createDataFrame(histories, SCHEMA).repartition(3);
    GlobalTime split = GlobalTime.ofShares(rows, 0.2, 0.15);
    assertThat(split).isEqualTo(new GlobalTime(validationFrom, testFrom));
    for (Row parts : split.split(rows).collectAsList()) {
      Row history =
          histories.stream().filter(h -> h.get(0).equals(parts.get(0))).findFirst().orElseThrow();
      List<List<String>> expected =
          List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      String[] items = (String[]) history.get(1);
      Double[] times = (Double[]) history.get(2);
      for (int i = 0; i < items.length; i++) {
        expected.get(times[i] >= testFrom ? 2 : times[i] >= validationFrom ? 1 : 0).add(items[i]);
      }
      assertThat(Arrays.asList(parts.getList(1), parts.getList(2), parts.getList(3)))
          .as("seed %d user %s", seed, parts.get(0))
          .isEqualTo(expected);
    }
  }

  @Test
  void ratingsWithoutTimesAreRefused() {
    Dataset<Row> rows =
        spark.createDataFrame(
            List.of(RowFactory.create("u", new String[] {"a", "b"}, new Double[] {0.0, 0.0})),
            SCHEMA);

    assertThatThrownBy(() -> GlobalTime.ofShares(rows, 0.5, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage("split by time: no row is earlier than 0; are there timestamps?");
    assertThatThrownBy(() -> GlobalTime.ofShares(rows, 0.5, 0.5))
        .hasMessageContaining("must leave some for training");
  }
}
