package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.basket.PartVectors;
import io.github.item2vec.train.basket.Share;
import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.distributed.BasketTraining;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.SettingsFixture;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.progress.ProgressReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistributedBasketTest extends SparkTest {
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(spark.sparkContext());
  private static final StructType SCHEMA =
      new StructType().add("items", DataTypes.createArrayType(DataTypes.StringType));

  @TempDir Path directory;

  /** Twin: one part in memory, chunk after chunk, slice after slice. */
  @ParameterizedTest
  @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void anyNumberOfPartsGivesTheBytesOfTheTwin(Loss loss) {
    long seed = System.nanoTime();
    System.out.println("DistributedBasketTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2; round++) {
      int items = 20 + random.nextInt(60);
      Slots slots = new Slots(1 + random.nextInt(3), 1 + random.nextInt(3));
      Sequence[] sequences = DistributedFixture.sequences(random, items, 1);
      long[] counts = DistributedFixture.counts(sequences, items);
      SettingsFixture given = given(loss, random.nextLong());
      BasketSteps one = new BasketSteps(given.settings(), slots, new Parts(1, items), counts);
      List<Double> losses = new ArrayList<>();
      PartVectors twin = twin(one, sequences, losses);
      Parts parts = new Parts(1 + random.nextInt(5), items);
      BasketSteps model = new BasketSteps(given.settings(), slots, parts, counts);
      List<EpochResult> results = new ArrayList<>();

      List<Row> rows = distributed(model, counts, sequences, null, results);

      assertThat(rows).hasSize(items);
      for (Row row : rows) {
        float[] input = Arrays.copyOf(twin.input()[row.getInt(0)], 9);
        float[] output = Arrays.copyOf(twin.output()[row.getInt(0)], 9);
        assertThat((float[]) row.get(1)).as("seed %d", seed).isEqualTo(input);
        assertThat((float[]) row.get(2)).as("seed %d", seed).isEqualTo(output);
      }
      for (int epoch = 0; epoch < losses.size(); epoch++) {
        assertThat(results.get(epoch).loss()).isCloseTo(losses.get(epoch), within(1e-9));
      }
    }
  }

  private static PartVectors twin(BasketSteps model, Sequence[] sequences, List<Double> losses) {
    Slots slots = model.slots();
    List<List<int[]>> baskets = new ArrayList<>();
    for (int slot = 0; slot < slots.count(); slot++) {
      baskets.add(new ArrayList<>());
    }
    Arrays.stream(sequences)
        .sorted()
        .forEach(
            sequence -> {
              int[] basket = Arrays.stream(sequence.items()).distinct().toArray();
              if (basket.length > 1) {
                baskets.get(slots.slot(sequence.hash())).add(basket);
              }
            });
    PartVectors part = model.initial(0);
    for (int epoch = 0; epoch < model.settings().maxIter(); epoch++) {
      double loss = 0;
      double weight = 0;
      for (int chunk = 0; chunk < slots.chunks(); chunk++) {
        long size = 0;
        for (int slice = 0; slice < slots.slices(); slice++) {
          size += baskets.get(slots.slot(chunk, slice)).size();
        }
        for (int slice = 0; slice < slots.slices(); slice++) {
          List<int[]> some = baskets.get(slots.slot(chunk, slice));
          Share share = model.share(epoch, chunk, slice, some.toArray(int[][]::new));
          Share.Gradients gradients =
              share.gradients(
                  rows(part.input(), share.inputItems()),
                  rows(part.output(), share.outputItems()),
                  size);
          loss += gradients.loss();
          weight += gradients.weight();
          add(share.inputItems(), gradients.input(), part, true);
          add(share.outputItems(), gradients.output(), part, false);
        }
        if (size > 0) {
          part.step(model.stepSize(epoch, chunk, size), model.movesAll());
        }
      }
      losses.add(loss / weight);
    }
    return part;
  }

  private static float[][] rows(float[][] all, int[] items) {
    return Arrays.stream(items).mapToObj(item -> all[item].clone()).toArray(float[][]::new);
  }

  private static void add(int[] items, float[][] gradients, PartVectors part, boolean input) {
    for (int i = 0; i < items.length; i++) {
      if (gradients[i] != null && input) {
        part.addInput(items[i], gradients[i]);
      } else if (gradients[i] != null) {
        part.addOutput(items[i], gradients[i]);
      }
    }
  }

  @Test
  void anInterruptedTrainingEndsWithTheSameBytes() throws IOException {
    Sequence[] sequences = DistributedFixture.sequences(new Random(9), 30, 1);
    long[] counts = DistributedFixture.counts(sequences, 30);
    BasketSteps model =
        new BasketSteps(
            given(Loss.SAMPLED_SOFTMAX, 5).settings(), new Slots(2, 2), new Parts(3, 30), counts);
    List<Row> undisturbed = distributed(model, counts, sequences, null, new ArrayList<>());
    CheckpointDirectory checkpoints =
        new CheckpointDirectory(
            new SerializableConfiguration(spark.sessionState().newHadoopConf()),
            directory.toString());
    TrainingControl control = new TrainingControl(0, checkpoints, 1);
    try (BasketTraining interrupted = training(model, counts, sequences, control)) {
      assertThatThrownBy(
              () ->
                  interrupted.train(
                      new ArrayList<>(),
                      DistributedFixture.stoppingAfter(3),
                      Arrays.stream(counts).sum()))
          .hasMessage("interrupted");
    }
    try (Stream<Path> saved = Files.list(directory)) {
      assertThat(saved).isNotEmpty();
    }

    List<EpochResult> results = new ArrayList<>();
    List<Row> resumed = distributed(model, counts, sequences, control, results);

    assertThat(DistributedFixture.text(resumed)).isEqualTo(DistributedFixture.text(undisturbed));
    assertThat(results.get(0).seconds()).as("read from the checkpoint").isNaN();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theEstimatorLearnsWhatGoesTogether() {
    Item2Vec estimator =
        new Item2Vec()
            .setExecution("distributed")
            .setVectorSize(8)
            .setMinCount(1)
            .setMaxIter(12)
            .setNumPartitions(3);
    Item2VecModel model = estimator.fit(rows());
    assertThat(model.predictOutput(List.of("a1", "a2"), 3))
        .allSatisfy(scored -> assertThat(scored.item()).startsWith("a"));
    assertThat(model.predictOutput(List.of("b1", "b2"), 3))
        .allSatisfy(scored -> assertThat(scored.item()).startsWith("b"));

    Item2VecModel otherwise = estimator.setNumPartitions(2).fit(rows().repartition(5));
    assertThat(otherwise.inputVectors()).isEqualTo(model.inputVectors());

    Item2VecModel warm = estimator.setInitialModel(model).setMaxIter(1).fit(rows());
    assertThat(warm.summary().losses().get(0))
        .isLessThan(estimator.setInitialModel(null).fit(rows()).summary().losses().get(0));
  }

  @Test
  void whatItCannotDoIsRefused() {
    Item2Vec estimator = new Item2Vec().setExecution("distributed");
    assertThatThrownBy(
            () -> estimator.copy(estimator.extractParamMap()).setArchitecture("cbow").fit(rows()))
        .hasMessageContaining("cbow trains in one task");
    assertThatThrownBy(() -> estimator.setValidationCol("items").fit(rows()))
        .hasMessageContaining("does not validate");
  }

  private static List<Row> distributed(
      BasketSteps model,
      long[] counts,
      Sequence[] sequences,
      TrainingControl control,
      List<EpochResult> results) {
    TrainingControl given = control == null ? new TrainingControl(0, null, 10) : control;
    try (BasketTraining training = training(model, counts, sequences, given);
        ProgressReport silent = DistributedFixture.stoppingAfter(Integer.MAX_VALUE)) {
      List<Row> rows = training.train(results, silent, Arrays.stream(counts).sum()).collect();
      training.deleteCheckpoints();
      return rows;
    }
  }

  private static BasketTraining training(
      BasketSteps model, long[] counts, Sequence[] sequences, TrainingControl control) {
    JavaRDD<Sequence> rdd = CONTEXT.parallelize(Arrays.asList(sequences), 3);
    return new BasketTraining(CONTEXT, model, control, WarmStart.none(), counts, rdd);
  }

  private static SettingsFixture given(Loss loss, long seed) {
    SettingsFixture given = new SettingsFixture(Architecture.BASKET);
    given.vectorSize = 9;
    given.loss = loss;
    given.negative = 7;
    given.maxIter = 4;
    given.seed = seed;
    given.contextWeight = 0.2;
    given.hiddenDropout = 0.3;
    given.regParam = 1e-3;
    return given;
  }

  /** Items of one half of the catalogue never meet those of the other. */
  private static Dataset<Row> rows() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String world = i % 2 == 0 ? "a" : "b";
      String[] items =
          random.ints(8, 0, 12).mapToObj(n -> world + n).distinct().toArray(String[]::new);
      rows.add(RowFactory.create((Object) items));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(3);
  }
}
