package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class LeaveLastTest extends SparkTest {
  @Test
  void splitsAsTheLiteralTwinAndLosesNoRow() {
    long seed = System.nanoTime();
    System.out.println("LeaveLastTest seed " + seed);
    Random random = new Random(seed);
    List<Row> histories = new ArrayList<>();
    for (int user = 0; user < 200; user++) {
      String[] items = new String[random.nextInt(12)];
      for (int i = 0; i < items.length; i++) {
        items[i] = "i" + i;
      }
      histories.add(RowFactory.create("u" + user, items));
    }
    StructType schema =
        new StructType()
            .add(Columns.USER, DataTypes.StringType)
            .add(Columns.ITEMS, DataTypes.createArrayType(DataTypes.StringType));
    for (LeaveLast split :
        List.of(
            new LeaveLast(3, 0), new LeaveLast(3, 3), new LeaveLast(0, 2), new LeaveLast(0, 0))) {
      List<Row> parts = split.split(spark.createDataFrame(histories, schema)).collectAsList();
      assertThat(parts).hasSize(histories.size());
      for (int user = 0; user < parts.size(); user++) {
        String[] items = (String[]) histories.get(user).get(1);
        List<List<String>> expected =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < items.length; i++) {
          int fromEnd = items.length - i;
          int part =
              fromEnd <= split.test() ? 2 : fromEnd <= split.test() + split.validation() ? 1 : 0;
          expected.get(part).add(items[i]);
        }
        Row row = parts.get(user);
        assertThat(List.of(row.getList(1), row.getList(2), row.getList(3)))
            .as("seed %d user %d %s", seed, user, split)
            .isEqualTo(expected);
      }
    }
  }
}
