package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.item2vec.SparkTest;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.distributed.SkipGramTraining;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.SettingsFixture;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.model.DistributedVectors;
import io.github.item2vec.train.model.ModelRule;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.onetask.EpochTrainers;
import io.github.item2vec.train.onetask.OneTaskTraining;
import io.github.item2vec.train.onetask.Validation;
import io.github.item2vec.train.progress.ProgressReport;
import io.github.item2vec.train.window.WindowSteps;
import io.github.item2vec.train.window.WindowTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributedTrainingTest extends SparkTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("items", DataTypes.createArrayType(DataTypes.StringType))
          .add("later", DataTypes.createArrayType(DataTypes.StringType));
  private static final JavaSparkContext CONTEXT =
      JavaSparkContext.fromSparkContext(spark.sparkContext());

  @TempDir Path directory;

  /** The twin of the distributed trainer is the one-task trainer, which has a literal one. */
  @Test
  void blocksInTasksGiveTheBytesOfOneTask() {
    long seed = System.nanoTime();
    System.out.println("DistributedTrainingTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      int items = 5 + random.nextInt(60);
      Sequence[] sequences = DistributedFixture.sequences(random, items, 2);
      long[] counts = DistributedFixture.counts(sequences, items);
      TrainingSettings settings = settings(1 + random.nextInt(4), random.nextLong());
      Slots slots = new Slots(1 + random.nextInt(4), settings.parts(items).count());
      WindowSteps model = new WindowSteps(settings, slots, counts);
      List<EpochResult> results = new ArrayList<>();
      List<Row> rows = distributed(model, counts, sequences, null, results);
      try (WindowTrainer one = new WindowTrainer(model, sequences, 2)) {
        for (int epoch = 0; epoch < settings.maxIter(); epoch++) {
          double loss = one.trainEpoch(epoch, n -> {});
          assertThat(results.get(epoch).loss()).isCloseTo(loss, within(1e-12));
        }
        assertThat(rows).hasSize(items);
        for (Row row : rows) {
          float[] input = Arrays.copyOf(one.input(row.getInt(0)), settings.vectorSize());
          float[] output = Arrays.copyOf(one.output(row.getInt(0)), settings.vectorSize());
          assertThat((float[]) row.get(1)).as("seed %d", seed).isEqualTo(input);
          assertThat((float[]) row.get(2)).as("seed %d", seed).isEqualTo(output);
        }
      }
    }
  }

  @Test
  void anInterruptedTrainingEndsWithTheSameBytes() throws IOException {
    Random random = new Random(9);
    Sequence[] sequences = DistributedFixture.sequences(random, 30, 2);
    long[] counts = DistributedFixture.counts(sequences, 30);
    TrainingSettings settings = settings(3, 5);
    WindowSteps model = new WindowSteps(settings, new Slots(2, 3), counts);
    List<Row> undisturbed = distributed(model, counts, sequences, null, new ArrayList<>());
    CheckpointDirectory checkpoints =
        new CheckpointDirectory(
            new SerializableConfiguration(spark.sessionState().newHadoopConf()),
            directory.toString());
    TrainingControl control = new TrainingControl(0, checkpoints, 1);
    List<EpochResult> results = new ArrayList<>();
    try (SkipGramTraining interrupted = training(model, counts, sequences, control)) {
      assertThatThrownBy(
              () ->
                  interrupted.train(
                      results, DistributedFixture.stoppingAfter(3), Arrays.stream(counts).sum()))
          .hasMessage("interrupted");
    }
    try (Stream<Path> saved = Files.list(directory)) {
      assertThat(saved).isNotEmpty();
    }
    List<Row> resumed = distributed(model, counts, sequences, control, new ArrayList<>());

    assertThat(DistributedFixture.text(resumed)).isEqualTo(DistributedFixture.text(undisturbed));
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void oneTaskGoesOnFromItsCheckpointToo() {
    for (String architecture : List.of("basket", "skip-gram")) {
      Item2Vec estimator = estimator().setArchitecture(architecture).setMaxIter(6);
      Item2VecModel undisturbed = estimator.fit(rows());
      AtomicInteger epochs = new AtomicInteger();
      estimator.setCheckpointDir(directory.toString()).setCheckpointInterval(2);
      SettingsFixture given = new SettingsFixture(Architecture.of(architecture));
      given.maxIter = 6;
      given.numPartitions = 2;
      given.seed = 3;
      given.loss = Loss.SOFTMAX;
      given.hiddenDropout = 0.2;
      given.contextWeight = 0.2;
      given.regParam = 1e-4;
      TrainingSettings halted = given.settings();
      Random random = new Random(4);
      Sequence[] sequences = DistributedFixture.sequences(random, 20, 2);
      long[] counts = DistributedFixture.counts(sequences, 20);
      TrainingControl control = new TrainingControl(0, checkpoints("halted-" + architecture), 2);
      assertThatThrownBy(
              () ->
                  train(halted, counts, sequences, control)
                      .run(
                          n -> {},
                          done -> {
                            if (epochs.incrementAndGet() == 5) {
                              throw new IllegalStateException("interrupted");
                            }
                          }))
          .hasMessage("interrupted");
      OneTaskTraining again = train(halted, counts, sequences, control);
      OneTaskTraining fresh = train(halted, counts, sequences, new TrainingControl(0, null, 2));
      assertThat(untimed(again)).isEqualTo(untimed(fresh));
      assertThat(again.trainer().state())
          .usingRecursiveComparison()
          .isEqualTo(fresh.trainer().state());
      assertThat(estimator.fit(rows()).inputVectors()).isEqualTo(undisturbed.inputVectors());
    }
  }

  private static List<EpochResult> untimed(OneTaskTraining training) {
    return training.run(n -> {}, done -> {}).stream()
        .map(done -> new EpochResult(done.epoch(), done.loss(), done.validation(), 0))
        .toList();
  }

  /** Kills the first attempt of some tasks; Spark runs them again. */
  @Test
  void killedTasksChangeNothing() {
    for (String execution : List.of("one-task", "distributed")) {
      Item2Vec estimator =
          estimator().setArchitecture("skip-gram").setExecution(execution).setMaxIter(3);
      Item2VecModel calm = estimator.fit(rows());
      AtomicInteger killed = new AtomicInteger();
      SparkListener killer =
          new SparkListener() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
              if (start.taskInfo().attemptNumber() == 0 && start.taskInfo().taskId() % 3 == 0) {
                killed.incrementAndGet();
                spark.sparkContext().killTaskAttempt(start.taskInfo().taskId(), false, "a test");
              }
            }
          };
      spark.sparkContext().addSparkListener(killer);
      try {
        Item2VecModel disturbed = estimator.fit(rows());
        assertThat(disturbed.inputVectors()).isEqualTo(calm.inputVectors());
        assertThat(disturbed.outputVectors()).isEqualTo(calm.outputVectors());
        assertThat(disturbed.summary().losses()).isEqualTo(calm.summary().losses());
        assertThat(killed.get()).isPositive();
      } finally {
        spark.sparkContext().removeSparkListener(killer);
      }
    }
  }

  @Test
  void vectorsThatStayOnTheExecutorsAnswerAsLocalOnes() throws IOException {
    Item2VecModel local = estimator().fit(rows());
    local.save(directory.resolve("local").toString());
    Dataset<Row> vectors =
        spark
            .read()
            .parquet(directory.resolve("local/data").toString())
            .select("index", "input", "output");
    Item2VecModel distributed =
        new Item2VecModel(
            local.uid(),
            local.vocabulary(),
            new DistributedVectors(vectors, local.items().length, local.vectorSize()),
            local.rule(),
            null);

    List<String> context = List.of("a1", "a2", "a2", "unknown");
    assertThat(distributed.predictOutput(context, 5)).isEqualTo(local.predictOutput(context, 5));
    assertThat(distributed.similarItems("a1", 5)).isEqualTo(local.similarItems("a1", 5));
    assertThat(distributed.inputVectors()).isEqualTo(local.inputVectors());
    assertThat(profiles(distributed)).isEqualTo(profiles(local));
    distributed.save(directory.resolve("distributed").toString());
    Item2VecModel loaded = Item2VecModel.load(directory.resolve("distributed").toString());
    assertThat(loaded.items()).isEqualTo(local.items());
    assertThat(loaded.outputVectors()).isEqualTo(local.outputVectors());
  }

  @Test
  void vectorsOutliveTheirTraining() {
    Sequence[] sequences = DistributedFixture.sequences(new Random(2), 30, 2);
    long[] counts = DistributedFixture.counts(sequences, 30);
    WindowSteps model = new WindowSteps(settings(3, 5), new Slots(2, 3), counts);
    JavaRDD<Row> rows;
    try (SkipGramTraining training =
            training(model, counts, sequences, new TrainingControl(0, null, 10));
        ProgressReport silent = DistributedFixture.stoppingAfter(Integer.MAX_VALUE)) {
      rows =
          training
              .train(new ArrayList<>(), silent, Arrays.stream(counts).sum())
              .persist(StorageLevel.DISK_ONLY());
      rows.count();
    }
    ModelVectors vectors =
        new DistributedVectors(spark.createDataFrame(rows, ModelVectors.SCHEMA), 30, 9);
    double[] ones = new double[9];
    Arrays.fill(ones, 1);
    double[] products = vectors.outputProducts(ones);
    rows.unpersist(true); // as when the executor that held them is lost: trained again

    assertThat(vectors.outputProducts(ones)).isEqualTo(products);
    assertThat(vectors.local().outputProducts(ones)).containsExactly(products, within(1e-12));
  }

  @Test
  void validationStopsAndKeepsTheBestEpoch() {
    Item2VecModel model =
        estimator()
            .setValidationCol("later")
            .setEarlyStopping(3)
            .setMaxIter(60)
            .setStepSize(0.05)
            .fit(rows());
    List<Double> metrics = model.summary().validation();
    int best = model.summary().bestEpoch();

    assertThat(metrics).hasSize(model.summary().totalIterations());
    assertThat(metrics.get(best - 1))
        .isEqualTo(metrics.stream().max(Double::compare).orElseThrow());
    assertThat(metrics.get(best - 1)).isCloseTo(literalMap(model), within(1e-6));
    assertThat(metrics.size()).isIn(best + 3, 60);
    assertThatThrownBy(() -> estimator().setEarlyStopping(3).fit(rows()))
        .hasMessageContaining("validationCol");
    assertThatThrownBy(
            () ->
                estimator()
                    .setArchitecture("skip-gram")
                    .setExecution("distributed")
                    .setValidationCol("later")
                    .fit(rows()))
        .hasMessageContaining("distributed");
  }

  @Test
  void aWarmStartBeginsWithTheVectorsThatItKnows() {
    Item2VecModel first = estimator().setMaxIter(20).fit(rows());
    for (String execution : List.of("one-task", "distributed")) {
      Item2VecModel second =
          estimator()
              .setArchitecture("skip-gram")
              .setExecution(execution)
              .setMaxIter(1)
              .setStepSize(1e-30)
              .setMinStepSize(0)
              .setInitialModel(first)
              .fit(rows());
      assertThat(second.inputVectors()).isEqualTo(first.inputVectors());
      assertThat(second.outputVectors()).isEqualTo(first.outputVectors());
    }
    assertThatThrownBy(() -> estimator().setVectorSize(9).setInitialModel(first).fit(rows()))
        .hasMessageContaining("vectorSize = 9");
  }

  /** map@10 of the one held-out item of each row, from the public list of predictions. */
  /** An epoch is validated by plain means: what order says is learned at the end. */
  private static double literalMap(Item2VecModel trained) {
    Item2VecModel model =
        new Item2VecModel(
            trained.uid(),
            trained.vocabulary(),
            trained.vectors(),
            ModelRule.local(ProfileRule.mean(trained.items().length)),
            null);
    List<Row> all = rows().collectAsList();
    double sum = 0;
    for (Row row : all) {
      List<String> context = row.getList(0);
      List<String> unseen =
          model.predictOutput(context, 1000).stream()
              .map(ScoredItem::item)
              .filter(item -> !context.contains(item))
              .toList();
      int rank = unseen.indexOf(row.getList(1).get(0)) + 1;
      sum += rank <= 10 ? 1.0 / rank / 10 : 0;
    }
    return sum / all.size();
  }

  private static List<String> profiles(Item2VecModel model) {
    return model.transform(rows()).collectAsList().stream()
        .map(row -> row.getList(0) + " " + row.<Vector>getAs("profile"))
        .sorted()
        .toList();
  }

  private OneTaskTraining train(
      TrainingSettings settings, long[] counts, Sequence[] sequences, TrainingControl control) {
    Workers workers = new Workers(1);
    EpochTrainer trainer = EpochTrainers.of(settings, counts, sequences.clone(), 1);
    Validation validation = new Validation(new Sequence[0]);
    return new OneTaskTraining(trainer, settings, control, validation, workers, counts.length);
  }

  private CheckpointDirectory checkpoints(String name) {
    return new CheckpointDirectory(
        new SerializableConfiguration(spark.sessionState().newHadoopConf()),
        directory.resolve(name).toString());
  }

  private static List<Row> distributed(
      WindowSteps model,
      long[] counts,
      Sequence[] sequences,
      TrainingControl control,
      List<EpochResult> results) {
    TrainingControl given = control == null ? new TrainingControl(0, null, 10) : control;
    try (SkipGramTraining training = training(model, counts, sequences, given);
        ProgressReport silent = DistributedFixture.stoppingAfter(Integer.MAX_VALUE)) {
      List<Row> rows = training.train(results, silent, Arrays.stream(counts).sum()).collect();
      training.deleteCheckpoints();
      return rows;
    }
  }

  private static SkipGramTraining training(
      WindowSteps model, long[] counts, Sequence[] sequences, TrainingControl control) {
    JavaRDD<Sequence> rdd = CONTEXT.parallelize(Arrays.asList(sequences), 3);
    return new SkipGramTraining(CONTEXT, model, control, WarmStart.none(), counts, rdd);
  }

  private static TrainingSettings settings(int parts, long seed) {
    SettingsFixture given = new SettingsFixture(Architecture.SKIP_GRAM);
    given.windowSize = 4;
    given.negative = 3;
    given.nsExponent = 0.5;
    given.sample = 0.05;
    given.vectorSize = 9;
    given.minStepSize = 0.001;
    given.maxIter = 4;
    given.numPartitions = parts;
    given.seed = seed;
    return given.settings();
  }

  private static Item2Vec estimator() {
    return new Item2Vec().setVectorSize(8).setMinCount(1).setNumPartitions(3).setSeed(7);
  }

  /** Items of one half of the catalogue never meet those of the other. */
  private static Dataset<Row> rows() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String world = i % 2 == 0 ? "a" : "b";
      String[] items =
          random.ints(8, 0, 12).mapToObj(n -> world + n).distinct().toArray(String[]::new);
      rows.add(
          RowFactory.create(Arrays.copyOfRange(items, 1, items.length), Arrays.copyOf(items, 1)));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(3);
  }
}
