package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.model.DistributedVectors;
import io.github.item2vec.train.model.ModelRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose tables and vectors stay on the executors, next to the same one on the driver. */
class DistributedRuleTest extends SparkTest {
  @TempDir Path directory;

  /** Who has an item has the next one too. */
  private static Dataset<Row> rows() {
    Random random = new Random(6);
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 400; user++) {
      int from = random.nextInt(40);
      String[] items = new String[8];
      for (int i = 0; i < items.length; i++) {
        items[i] = "i" + (from + i) % 40;
      }
      rows.add(RowFactory.create((Object) items));
    }
    StructType schema =
        new StructType().add("items", DataTypes.createArrayType(DataTypes.StringType));
    return spark.createDataFrame(rows, schema);
  }

  private Dataset<Row> saved(String model, String part) {
    return spark.read().parquet(directory.resolve(model + "/" + part).toString());
  }

  @Test
  void tablesOnTheExecutorsAnswerAsThoseOfTheDriver() throws IOException {
    Item2VecModel local = new Item2Vec().setVectorSize(8).setMinCount(1).setMaxIter(12).fit(rows());
    ProfileRule rule = local.profileRule();
    assertThat(rule.neighbours().size()).isPositive();
    assertThat(rule.transitions().size()).isPositive();
    local.save(directory.resolve("local").toString());
    int items = local.items().length;
    ItemTable none = ItemTable.empty(items);
    Item2VecModel distributed =
        new Item2VecModel(
            local.uid(),
            local.vocabulary(),
            new DistributedVectors(
                saved("local", "data").select("index", "input", "output"),
                items,
                local.vectorSize()),
            ModelRule.distributed(
                new ProfileRule(rule.lags(), rule.rated(), none, none), saved("local", "tables")),
            null);

    List<String> context = List.of("i7", "i8", "unknown", "i9", "i8");
    assertThat(distributed.predictOutput(context, 40)).isEqualTo(local.predictOutput(context, 40));
    assertThat(distributed.rule().isMean()).isFalse();
    RuleFixture.requireSame("collected", distributed.profileRule(), rule);
    distributed.save(directory.resolve("distributed").toString());
    Item2VecModel loaded = Item2VecModel.load(directory.resolve("distributed").toString());
    RuleFixture.requireSame("loaded", loaded.profileRule(), rule);
    assertThat(saved("distributed", "tables").orderBy("index").collectAsList())
        .isEqualTo(saved("local", "tables").orderBy("index").collectAsList());
    Item2VecModel.verify(directory.resolve("distributed").toString());
  }
}
