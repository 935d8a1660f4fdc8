package io.github.item2vec.train;

import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.distributed.BasketTraining;
import io.github.item2vec.train.distributed.DistributedTraining;
import io.github.item2vec.train.distributed.SkipGramTraining;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.EpochResult;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.LocalVectors;
import io.github.item2vec.train.model.ModelRule;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.onetask.ExecutorCores;
import io.github.item2vec.train.onetask.ExecutorHeap;
import io.github.item2vec.train.onetask.PackedRule;
import io.github.item2vec.train.onetask.PackedSequences;
import io.github.item2vec.train.onetask.PackedVectors;
import io.github.item2vec.train.onetask.TrainFn;
import io.github.item2vec.train.progress.ProgressReport;
import io.github.item2vec.train.window.WindowSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@code fit}: sequences to vectors, in one task or in one a block. Driver only. */
final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final TrainingSettings settings;
  private final TrainingControl control;
  private final Vocabulary vocabulary;
  private final WarmStart warmStart;
  private final ProgressReport progress;
  private final List<EpochResult> results = new ArrayList<>();
  private ModelRule rule;

  Training(
      SparkSession session,
      TrainingSettings settings,
      TrainingControl control,
      Vocabulary vocabulary,
      WarmStart warmStart,
      ProgressReport progress) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.settings = settings;
    this.control = control;
    this.vocabulary = vocabulary;
    this.warmStart = warmStart;
    this.progress = progress;
  }

  /** The results of the epochs, once trained. */
  List<EpochResult> results() {
    return results;
  }

  /** How contexts become scores, once trained. */
  ModelRule rule() {
    return rule;
  }

  /**
   * Trains.
   *
   * @param rows items, and items held out where validation is wanted
   */
  ModelVectors run(Dataset<Row> rows, Execution execution) {
    Broadcast<Vocabulary> broadcast = spark.broadcast(vocabulary);
    JavaRDD<Sequence> sequences =
        rows.queryExecution().toRdd().toJavaRDD().mapPartitions(new EncodeFn(broadcast, settings));
    Execution chosen = execution.validating(rows.columns().length);
    boolean distributes = chosen.distributes(settings, vocabulary, ExecutorHeap.of(spark.sc()));
    LOG.info(
        "{} items, {} places in sequences: trained {} (execution = {})",
        vocabulary.size(),
        vocabulary.occurrences(),
        distributes ? "by " + settings.numPartitions() + " tasks" : "in one task",
        execution.label());
    ModelVectors vectors = distributes ? distributed(sequences) : inOneTask(sequences, broadcast);
    if (vectors instanceof LocalVectors) { // others are computed again when an executor is lost
      broadcast.destroy();
    }
    return vectors;
  }

  private ModelVectors inOneTask(JavaRDD<Sequence> sequences, Broadcast<Vocabulary> broadcast) {
    spark.sc().setJobDescription("item2vec: %d epochs in one task".formatted(settings.maxIter()));
    JavaRDD<Row> rows =
        sequences
            .mapPartitions(PackedSequences::pack)
            .repartition(1)
            .mapPartitions(
                new TrainFn(
                    settings,
                    control,
                    broadcast,
                    warmStart,
                    ExecutorCores.of(spark.sc()),
                    progress.itemsTrained(),
                    progress.epochsDone()));
    try {
      return ModelVectors.fitDriver(vocabulary.size(), settings.vectorSize())
          ? collected(rows)
          : kept(rows);
    } finally {
      spark.sc().setJobDescription(null);
    }
  }

  private ModelVectors collected(JavaRDD<Row> rows) {
    int items = vocabulary.size();
    int columns = settings.vectorSize();
    ItemMatrix input = ItemMatrix.zeros(items, columns);
    ItemMatrix output = ItemMatrix.zeros(items, columns);
    List<Row> answer = rows.mapPartitions(r -> PackedVectors.pack(r, items, columns)).collect();
    rule = ModelRule.local(PackedRule.of(answer, items));
    for (Row row : answer) {
      if (row.getInt(0) == TrainFn.RESULTS) {
        read(row);
      } else if (!PackedRule.isIn(row)) {
        input.set(row.getInt(0), (float[]) row.get(1));
        output.set(row.getInt(0), (float[]) row.get(2));
      }
    }
    return new LocalVectors(input, output);
  }

  /** The task's vectors stay where they are. */
  private ModelVectors kept(JavaRDD<Row> rows) {
    JavaRDD<Row> persisted = rows.persist(StorageLevel.DISK_ONLY());
    List<Row> answer = persisted.filter(row -> row.getInt(0) < 0).collect();
    rule = ModelRule.local(PackedRule.of(answer, vocabulary.size()));
    answer.stream().filter(row -> row.getInt(0) == TrainFn.RESULTS).forEach(this::read);
    return vectors(persisted.filter(row -> row.getInt(0) >= 0));
  }

  private void read(Row row) {
    double[] losses = (double[]) row.get(1);
    double[] metrics = (double[]) row.get(2);
    double[] seconds = (double[]) row.get(3);
    for (int epoch = 0; epoch < losses.length; epoch++) {
      results.add(new EpochResult(epoch + 1, losses[epoch], metrics[epoch], seconds[epoch]));
    }
  }

  private ModelVectors distributed(JavaRDD<Sequence> sequences) {
    try (DistributedTraining<?> training = distributedTraining(sequences)) {
      JavaRDD<Row> rows =
          training
              .train(results, progress, vocabulary.occurrences())
              .persist(StorageLevel.DISK_ONLY());
      rows.count();
      ModelVectors vectors = vectors(rows);
      rule = rule(training, vectors instanceof LocalVectors);
      training.deleteCheckpoints();
      return vectors;
    }
  }

  /** The tables are where the vectors are. */
  private ModelRule rule(DistributedTraining<?> training, boolean local) {
    spark.sc().setJobDescription("item2vec: what follows what, what goes with what");
    ProfileRule numbers = training.rule();
    Optional<JavaRDD<Row>> tables = training.tables();
    if (tables.isEmpty()) {
      return ModelRule.local(numbers);
    }
    if (local) {
      return ModelRule.local(ModelRule.with(numbers, tables.get().collect()));
    }
    JavaRDD<Row> kept = tables.get().persist(StorageLevel.DISK_ONLY());
    kept.count();
    return ModelRule.distributed(numbers, session.createDataFrame(kept, ModelRule.TABLES));
  }

  private DistributedTraining<?> distributedTraining(JavaRDD<Sequence> sequences) {
    long[] counts = vocabulary.counts();
    if (settings.architecture() == Architecture.BASKET) {
      Parts parts = BasketTraining.parts(settings, vocabulary.size());
      Slots slots = Slots.ofBaskets(vocabulary.size(), vocabulary.occurrences());
      BasketSteps model = new BasketSteps(settings, slots, parts, counts);
      return new BasketTraining(spark, model, control, warmStart, counts, sequences);
    }
    Parts parts = settings.parts(vocabulary.size());
    Slots slots = Slots.distributed(parts, vocabulary.occurrences());
    WindowSteps model = new WindowSteps(settings, slots, counts);
    return new SkipGramTraining(spark, model, control, warmStart, counts, sequences);
  }

  private ModelVectors vectors(JavaRDD<Row> rows) {
    return ModelVectors.of(
        session.createDataFrame(rows, ModelVectors.SCHEMA),
        vocabulary.size(),
        settings.vectorSize());
  }
}
