package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
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
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.history.Fitted;
import io.github.item2vec.train.history.HiddenTails;
import io.github.item2vec.train.history.HistoryTwin;
import io.github.item2vec.train.model.ModelRule;
import io.github.item2vec.train.progress.ProgressReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.ValueSource;

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
      Sequence[] sequences = manySequences(random, items);
      long[] counts = DistributedFixture.counts(sequences, items);
      SettingsFixture given = given(loss, 4, random.nextLong());
      BasketSteps one = new BasketSteps(given.settings(), slots, new Parts(1, items), counts);
      List<Double> losses = new ArrayList<>();
      Twin twin = twin(one, sequences, losses);
      Parts parts = new Parts(1 + random.nextInt(5), items);
      BasketSteps model = new BasketSteps(given.settings(), slots, parts, counts);
      List<EpochResult> results = new ArrayList<>();

      Trained trained = distributed(model, counts, sequences, null, results);

      assertThat(trained.rows()).hasSize(items);
      RuleFixture.requireSame("seed " + seed, trained.rule(), twin.rule());
      for (Row row : trained.rows()) {
        float[] input = Arrays.copyOf(twin.part().input()[row.getInt(0)], 9);
        float[] output = Arrays.copyOf(twin.part().output()[row.getInt(0)], 9);
        assertThat((float[]) row.get(1)).as("seed %d", seed).isEqualTo(input);
        assertThat((float[]) row.get(2)).as("seed %d", seed).isEqualTo(output);
      }
      for (int epoch = 0; epoch < losses.size(); epoch++) {
        assertThat(results.get(epoch).loss()).isCloseTo(losses.get(epoch), within(1e-9));
      }
    }
  }

  /** Enough of them that some hide their tails. */
  private static Sequence[] manySequences(Random random, int items) {
    return Stream.of(
            DistributedFixture.sequences(random, items, 1),
            DistributedFixture.sequences(random, items, 2),
            DistributedFixture.sequences(random, items, 6))
        .flatMap(Arrays::stream)
        .toArray(Sequence[]::new);
  }

  /** What a training ends with. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Twin(PartVectors part, ProfileRule rule) {}

  /** What a training ends with. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Trained(List<Row> rows, ProfileRule rule) {}

  /** By slot, in the order of the hashes. */
  private static List<List<int[]>> baskets(
      Slots slots, Sequence[] sequences, Set<Sequence> hiding) {
    List<List<int[]>> baskets = new ArrayList<>();
    for (int slot = 0; slot < slots.count(); slot++) {
      baskets.add(new ArrayList<>());
    }
    Arrays.stream(sequences)
        .sorted()
        .forEach(
            sequence -> {
              int[] basket = Arrays.stream(sequence.items()).distinct().toArray();
              if (hiding.contains(sequence)) {
                int hidden = Math.min(basket.length / 2, Math.max(3, basket.length / 4));
                basket = Arrays.copyOf(basket, basket.length - hidden);
              }
              if (basket.length > 1) {
                baskets.get(slots.slot(sequence.hash())).add(basket);
              }
            });
    return baskets;
  }

  private static int[][] all(List<List<int[]>> baskets) {
    return baskets.stream().flatMap(List::stream).toArray(int[][]::new);
  }

  private static Twin twin(BasketSteps model, Sequence[] sequences, List<Double> losses) {
    Slots slots = model.slots();
    long seed = model.settings().seed();
    List<Long> keys = new ArrayList<>();
    HiddenTails.keys(List.of(sequences).iterator(), seed).forEachRemaining(keys::add);
    HiddenTails tails =
        HiddenTails.of(keys.stream().sorted().limit(HiddenTails.MOST).toList(), 4, seed);
    assertThat(tails.measurable()).isTrue();
    List<Sequence> hiding = new ArrayList<>();
    tails.chosen(Stream.of(sequences).sorted().iterator()).forEachRemaining(hiding::add);
    List<List<int[]>> early = baskets(slots, sequences, new HashSet<>(hiding));
    List<List<int[]>> whole = baskets(slots, sequences, Set.of());
    PartVectors part = model.initial(0);
    Fitted fitted = null;
    for (int epoch = 0; epoch < model.settings().maxIter(); epoch++) {
      List<List<int[]>> baskets = epoch < 3 ? early : whole;
      if (epoch == 3) {
        int[][] chosen =
            hiding.stream()
                .map(sequence -> Arrays.stream(sequence.items()).distinct().toArray())
                .toArray(int[][]::new);
        fitted = HistoryTwin.fitted(chosen, all(early), part.input(), part.output(), seed);
      }
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
    try (Workers workers = new Workers(2)) {
      return new Twin(part, fitted.rounded().rule(all(whole), model.parts().items(), workers));
    }
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

  /** Before the tails are seen, and after. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void anInterruptedTrainingEndsWithTheSameBytes(int stop) throws IOException {
    Sequence[] sequences = manySequences(new Random(9), 30);
    long[] counts = DistributedFixture.counts(sequences, 30);
    BasketSteps model =
        new BasketSteps(
            given(Loss.SAMPLED_SOFTMAX, 5, 5).settings(),
            new Slots(2, 2),
            new Parts(3, 30),
            counts);
    Trained undisturbed = distributed(model, counts, sequences, null, new ArrayList<>());
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
                      DistributedFixture.stoppingAfter(stop),
                      Arrays.stream(counts).sum()))
          .hasMessage("interrupted");
    }
    try (Stream<Path> saved = Files.list(directory)) {
      assertThat(saved).isNotEmpty();
    }

    List<EpochResult> results = new ArrayList<>();
    Trained resumed = distributed(model, counts, sequences, control, results);

    assertThat(DistributedFixture.text(resumed.rows()))
        .isEqualTo(DistributedFixture.text(undisturbed.rows()));
    RuleFixture.requireSame("resumed", resumed.rule(), undisturbed.rule());
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

  /** Each user goes from one world to another, and what comes next is of the last. */
  @Test
  void theLastItemsCountMoreWhereTheySayMore() {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 400; user++) {
      int from = random.nextInt(4);
      int to = random.nextInt(4);
      String[] items =
          IntStream.concat(
                  random.ints(100, 0, 40).distinct().limit(10).map(i -> 40 * from + i),
                  random.ints(100, 0, 40).distinct().limit(10).map(i -> 40 * to + i))
              .mapToObj(i -> "i" + i)
              .distinct()
              .toArray(String[]::new);
      rows.add(RowFactory.create((Object) items));
    }
    Item2VecModel model =
        new Item2Vec()
            .setExecution("distributed")
            .setVectorSize(8)
            .setMinCount(1)
            .setMaxIter(12)
            .fit(spark.createDataFrame(rows, SCHEMA));
    double[] lags = model.profileRule().lags().values();
    assertThat(lags[LagWeights.bucket(1)]).isGreaterThan(2 * lags[LagWeights.bucket(15)]);
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

  private static Trained distributed(
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
      ProfileRule rule =
          ModelRule.with(
              training.rule(),
              spark
                  .createDataFrame(training.tables().orElseThrow(), ModelRule.TABLES)
                  .collectAsList());
      return new Trained(rows, rule);
    }
  }

  private static BasketTraining training(
      BasketSteps model, long[] counts, Sequence[] sequences, TrainingControl control) {
    JavaRDD<Sequence> rdd = CONTEXT.parallelize(Arrays.asList(sequences), 3);
    return new BasketTraining(CONTEXT, model, control, WarmStart.none(), counts, rdd);
  }

  private static SettingsFixture given(Loss loss, int epochs, long seed) {
    SettingsFixture given = new SettingsFixture(Architecture.BASKET);
    given.vectorSize = 9;
    given.loss = loss;
    given.negative = 7;
    given.maxIter = epochs;
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
