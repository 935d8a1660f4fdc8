package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What odd sequences and items of other types come to, for each architecture. */
class Item2VecEdgeCasesTest extends SparkTest {
  @ParameterizedTest
  @ValueSource(strings = {"skip-gram", "cbow", "basket"})
  void nullEmptyAndSingleBasketsTeachNothingButCount(String architecture) {
    Dataset<Row> taught = sql("(array('x', 'y', null, 'x')), (array('y', 'x'))");
    Dataset<Row> odd = sql("(null), (array()), (array('x')), (array(cast(null as string)))");

    Item2VecModel model = estimator(architecture).fit(taught.union(odd));

    assertThat(model.items()).containsExactly("x", "y");
    assertThat(model.counts()).containsExactly(4, 2);
    for (float value : model.inputVectors()) {
      assertThat(value).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip-gram", "cbow", "basket"})
  void aVocabularyOfOneItemGivesFiniteVectors(String architecture) {
    Item2VecModel model = estimator(architecture).fit(sql("(array('x', 'x', 'x')), (array('x'))"));

    assertThat(model.items()).containsExactly("x");
    assertThat(model.predictOutput(List.of("x"), 3)).containsExactly(new ScoredItem("x", 1));
    assertThat(model.similarItems("x", 3)).isEmpty();
  }

  @Test
  void withoutAnyItemTheLimitAndTheCountsAreNamed() {
    assertThatThrownBy(() -> estimator("cbow").fit(sql("(cast(null as array<string>)), (null)")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no item occurs minCount = 1 times: 0 distinct items");
    assertThatThrownBy(() -> estimator("cbow").setMinCount(3).fit(sql("(array('x', 'x', 'y'))")))
        .hasMessageContaining("minCount = 3 times: 2 distinct items, the most frequent 2 times");
  }

  @Test
  void itemsAreAnyStringsTheyDifferInEveryCharacter() {
    Item2VecModel model =
        estimator("skip-gram")
            .fit(sql("(array('', ' ', 'a b', 'a  b', 'é', 'e\u0301', '物', '😀', 'É'))"));

    assertThat(model.items())
        .containsExactlyInAnyOrder("", " ", "a b", "a  b", "é", "e\u0301", "物", "😀", "É");
    assertThat(model.predictOutput(List.of("😀"), 20)).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource({
    "array<bigint>,   -9007199254740993",
    "array<int>,      42",
    "array<smallint>, 7",
    "array<tinyint>,  -1",
    "array<boolean>,  true",
    "array<date>,     2026-02-03",
    "array<string>,   042"
  })
  void wholeNumbersBooleansAndDatesAreTheirStrings(String type, String item) {
    Dataset<Row> sequences =
        sql("(array('%s', '%s', null))".formatted(item, item))
            .selectExpr("cast(items as %s) as items".formatted(type));
    Item2VecModel model = estimator("skip-gram").fit(sequences);

    assertThat(model.items()).containsExactly(item);
    assertThat(model.predictOutput(List.of(item), 1)).hasSize(1);
    assertThat(model.transform(sequences).where("profile is not null").count()).isEqualTo(1);
    assertThat(model.transform(sequences).schema().apply("items").dataType().catalogString())
        .isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array(1.5D)                        | array<double>",
        "array(cast(1 as decimal(3,1)))     | array<decimal(3,1)>",
        "array(X'00ff')                     | array<binary>",
        "array(timestamp'2026-01-01')       | array<timestamp>",
        "array(array('x'))                  | array<array<string>>",
        "array(named_struct('id', 'x'))     | array<struct<id:string>>",
        "map('x', 1)                        | map<string,int>",
        "concat('x', 'y')                   | string"
      })
  void otherTypesAreRefusedByName(String items, String type) {
    Dataset<Row> sequences = spark.sql("select %s as items".formatted(items));

    assertThatThrownBy(() -> estimator("skip-gram").fit(sequences))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "column 'items' is %s, must be array<string>, or an array of whole numbers"
                .formatted(type));
  }

  /** One generated row; ten million items pass as well, in a heap of 3 GB, but not within 15 s. */
  @Test
  void aBasketOfMillionsOfItemsTrains() {
    Dataset<Row> one =
        spark.sql("select transform(sequence(1, 2000000), i -> i % 1000) as items").repartition(1);

    Item2VecModel model = estimator("skip-gram").setVectorSize(2).setMaxIter(1).fit(one);

    assertThat(model.items()).hasSize(1000);
    assertThat(model.counts()).containsOnly(2000);
  }

  private static Dataset<Row> sql(String rows) {
    return spark
        .sql("select * from values %s as t(items)".formatted(rows))
        .selectExpr("cast(items as array<string>) as items");
  }

  private static Item2Vec estimator(String architecture) {
    return new Item2Vec()
        .setArchitecture(architecture)
        .setVectorSize(4)
        .setMinCount(1)
        .setNegative(2)
        .setSample(0)
        .setMaxIter(2);
  }
}
