package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Item2VecTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType().add("items", DataTypes.createArrayType(DataTypes.StringType), true);

  @TempDir Path directory;

  /** Items of one half of the catalogue never meet those of the other. */
  @Test
  void learnsWhatGoesTogether() {
    Item2VecModel model = estimator().setMaxIter(30).fit(twoWorlds(1));

    assertThat(model.predictOutput(List.of("a0", "a1"), 5))
        .allMatch(item -> item.item().startsWith("a"));
    assertThat(model.similarItems("b3", 5)).allMatch(item -> item.item().startsWith("b"));
  }

  @Test
  void sameSeedSameBytesWhateverOrderAndPartitions() {
    Item2VecModel one = estimator().fit(twoWorlds(1));
    Item2VecModel other = estimator().fit(twoWorlds(1).orderBy("items").repartition(5));
    Item2VecModel seed = estimator().setSeed(8).fit(twoWorlds(1));

    assertThat(other.items()).isEqualTo(one.items());
    assertThat(other.inputVectors()).isEqualTo(one.inputVectors());
    assertThat(other.outputVectors()).isEqualTo(one.outputVectors());
    assertThat(seed.inputVectors()).isNotEqualTo(one.inputVectors());
  }

  @Test
  void zeroIsTheArchitecturesOwnValue() {
    Item2Vec basket = new Item2Vec().setVectorSize(4);
    Item2VecModel own = basket.fit(twoWorlds(1));
    assertThat(own.summary().losses()).hasSize(100);
    assertThat(basket.setStepSize(0.01).setMaxIter(100).fit(twoWorlds(1)).inputVectors())
        .isEqualTo(own.inputVectors());

    Item2Vec gensim = new Item2Vec().setVectorSize(4).setArchitecture("skip-gram");
    assertThat(gensim.fit(twoWorlds(1)).outputVectors())
        .isEqualTo(
            gensim
                .setStepSize(0.025)
                .setMaxIter(5)
                .setNegative(5)
                .fit(twoWorlds(1))
                .outputVectors());
  }

  @Test
  void predictOutputIsTheSoftmaxOverTheMean() {
    Item2VecModel model = estimator().fit(twoWorlds(1));
    List<String> context = List.of("a1", "unknown", "b2", "b2");
    List<ScoredItem> predicted = model.predictOutput(context, 1000);

    double[] mean = new double[model.vectorSize()];
    List<String> items = List.of(model.items());
    for (String item : List.of("a1", "b2", "b2")) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += model.inputVectors()[items.indexOf(item) * mean.length + d] / 3.0;
      }
    }
    double[] scores = new double[items.size()];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int d = 0; d < mean.length; d++) {
        scores[i] += mean[d] * model.outputVectors()[i * mean.length + d];
      }
      scores[i] = Math.exp(scores[i]);
      sum += scores[i];
    }
    assertThat(predicted).hasSize(items.size());
    assertThat(predicted.stream().mapToDouble(ScoredItem::score).sum()).isCloseTo(1, within(1e-9));
    for (ScoredItem item : predicted) {
      assertThat(item.score()).isCloseTo(scores[items.indexOf(item.item())] / sum, within(1e-9));
    }
    assertThat(predicted).isSortedAccordingTo((x, y) -> Double.compare(y.score(), x.score()));
    for (int k = 0; k <= items.size(); k++) {
      assertThat(model.predictOutput(context, k)).isEqualTo(predicted.subList(0, k));
    }
    assertThat(model.predictOutput(List.of("unknown"), 5)).isEmpty();
    assertThatThrownBy(() -> model.predictOutput(context, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k = -1: must be >= 0");
  }

  @Test
  void transformAddsTheMeanInputVector() {
    Item2VecModel model = estimator().fit(twoWorlds(1));
    List<Row> rows =
        model
            .transform(
                sequences(List.of(items("a1"), items("unknown"), RowFactory.create((Object) null))))
            .collectAsList();
    Vector profile = rows.get(0).getAs("profile");
    int row = List.of(model.items()).indexOf("a1") * model.vectorSize();

    for (int d = 0; d < model.vectorSize(); d++) {
      assertThat(profile.apply(d)).isEqualTo(model.inputVectors()[row + d]);
    }
    assertThat(rows.get(1).isNullAt(1)).isTrue();
    assertThat(rows.get(2).isNullAt(1)).isTrue();
  }

  @Test
  void saveAndLoadKeepEverything() throws IOException {
    Item2VecModel model = estimator().setOutputCol("mean").fit(twoWorlds(1));
    model.write().overwrite().save(directory.resolve("model").toString());
    Item2VecModel loaded = Item2VecModel.load(directory.resolve("model").toString());

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.items()).isEqualTo(model.items());
    assertThat(loaded.counts()).isEqualTo(model.counts());
    assertThat(loaded.inputVectors()).isEqualTo(model.inputVectors());
    assertThat(loaded.outputVectors()).isEqualTo(model.outputVectors());
    assertThat(loaded.getOutputCol()).isEqualTo("mean");

    estimator().setNegative(9).save(directory.resolve("estimator").toString());
    assertThat(Item2Vec.load(directory.resolve("estimator").toString()).getNegative()).isEqualTo(9);
  }

  @Test
  void worksInAPipelineAndItsCopyOnDisk() throws IOException {
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {estimator()}).fit(twoWorlds(1));
    fitted.write().save(directory.resolve("pipeline").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("pipeline").toString());

    assertThat(loaded.transform(twoWorlds(1)).columns()).containsExactly("items", "profile");
  }

  @Test
  void aParamMapWinsOverTheEstimatorsOwnValues() {
    Item2Vec estimator = estimator();
    ParamMap extra = new ParamMap().put(estimator.vectorSize().w(3));

    assertThat(estimator.fit(twoWorlds(1), extra).vectorSize()).isEqualTo(3);
    assertThat(estimator.getVectorSize()).isEqualTo(8);
  }

  @Test
  void everyParamHasAccessorGetterSetterDefaultAndDoc() throws ReflectiveOperationException {
    Item2Vec estimator = new Item2Vec();
    requireParams(estimator, 29);
    requireParams(estimator().fit(twoWorlds(1)), 6);
    assertThat(estimator.copy(ParamMap.empty()).uid()).isEqualTo(estimator.uid());
  }

  @Test
  void theSummaryHoldsTheLossOfEachEpoch() {
    Item2VecModel model = estimator().setMaxIter(6).fit(twoWorlds(1));

    assertThat(model.hasSummary()).isTrue();
    assertThat(model.summary().losses()).hasSize(6);
    assertThat(model.summary().losses().get(5)).isLessThan(model.summary().losses().get(0));
    assertThat(model.summary().items()).isEqualTo(20);
    assertThat(model.summary().itemsPerEpoch()).isEqualTo(1600);
    assertThat(model.copy(ParamMap.empty()).hasSummary()).isTrue();
  }

  private static void requireParams(Params stage, int expected)
      throws ReflectiveOperationException {
    assertThat(stage.params()).hasSize(expected);
    for (Param<?> param : stage.params()) {
      String capital =
          param.name().substring(0, 1).toUpperCase(Locale.ROOT) + param.name().substring(1);
      Method getter = stage.getClass().getMethod("get" + capital);
      assertThat(stage.getClass().getMethod(param.name()).invoke(stage)).isSameAs(param);
      Object value = getter.invoke(stage);
      assertThat(value).as(param.name()).isNotNull();
      assertThat(Arrays.stream(stage.getClass().getMethods()).map(Method::getName))
          .contains("set" + capital);
      assertThat(stage.hasDefault(param)).as(param.name()).isTrue();
      assertThat(param.doc()).isNotBlank();
    }
  }

  @Test
  void emptyVocabularyNamesTheLimit() {
    assertThatThrownBy(() -> estimator().setMinCount(1000).fit(twoWorlds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minCount = 1000")
        .hasMessageContaining("20 distinct items");
    assertThatThrownBy(() -> estimator().fit(sequences(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 distinct items");
  }

  @Test
  void oddSequencesAreDefined() {
    Item2VecModel model =
        estimator()
            .setMinCount(1)
            .fit(
                sequences(
                    List.of(
                        RowFactory.create((Object) null),
                        items(),
                        items("alone"),
                        items("x", null, "y"),
                        items("x", "x", "x"))));

    assertThat(model.items()).containsExactly("x", "alone", "y");
    assertThat(model.counts()).containsExactly(4, 1, 1);
  }

  @Test
  void aVocabularyOfOneItemTrains() {
    Item2VecModel model = estimator().setMinCount(1).fit(sequences(List.of(items("x", "x"))));

    assertThat(model.predictOutput(List.of("x"), 5)).containsExactly(new ScoredItem("x", 1));
  }

  @Test
  void wrongColumnsAndStepSizesAreNamed() {
    Dataset<Row> numbers = spark.range(3).toDF("items");
    assertThatThrownBy(() -> estimator().fit(numbers)).hasMessageContaining("array<string>");
    assertThatThrownBy(() -> estimator().setItemsCol("basket").fit(twoWorlds(1)))
        .hasMessageContaining("basket");
    assertThatThrownBy(() -> estimator().setMinStepSize(1).fit(twoWorlds(1)))
        .hasMessageContaining("minStepSize");
    assertThatThrownBy(() -> estimator().setVectorSize(0)).hasMessageContaining("vectorSize");
  }

  private static Item2Vec estimator() {
    return new Item2Vec()
        .setArchitecture("skip-gram")
        .setVectorSize(8)
        .setMinCount(2)
        .setNegative(4)
        .setStepSize(0.1)
        .setSample(0)
        .setSeed(7);
  }

  /** Sequences of a0 .. a9 only or b0 .. b9 only. */
  private static Dataset<Row> twoWorlds(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String world = i % 2 == 0 ? "a" : "b";
      List<String> items = new ArrayList<>(random.ints(8, 0, 10).mapToObj(n -> world + n).toList());
      Collections.shuffle(items, random);
      rows.add(items(items.toArray(String[]::new)));
    }
    return sequences(rows);
  }

  private static Row items(String... items) {
    return RowFactory.create((Object) items);
  }

  private static Dataset<Row> sequences(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
