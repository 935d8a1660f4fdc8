package io.github.item2vec.train;

import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.StartVectors;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.distributed.BasketTraining;
import io.github.item2vec.train.distributed.SkipGramTraining;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.progress.ProgressListener;
import io.github.item2vec.train.progress.ProgressReport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * word2vec over item sequences, vectors of both sides kept: skip-gram and CBOW with negative
 * sampling, with the parameters and semantics of gensim 4.4.0, and the basket model, in which the
 * mean of some of a sequence's items predicts the others, in no order, with Adam as optimiser
 * ({@code windowSize}, {@code shrinkWindows} and {@code sample} do not apply to it; a repeated item
 * counts once). The basket model is the default; {@code setArchitecture("skip-gram")} brings
 * gensim's defaults, since {@code stepSize}, {@code maxIter} and {@code negative} are the
 * architecture's own unless set.
 *
 * <p>Items are strings; whole numbers, booleans and dates are taken as the strings that Spark casts
 * them to. Floating-point numbers, timestamps, binary and nested values are refused: cast them, or
 * {@code hex} them, as it suits.
 *
 * <p>Items that occur less than {@code minCount} times are dropped before windows are laid; a
 * repeated item counts each time; null sequences, null items and sequences that keep fewer than two
 * items teach nothing. Skip-gram and CBOW cut sequences at 10,000 items, as gensim does, but train
 * the rest too.
 *
 * <p>Cost: one shuffle by item to count and one to sort, the vocabulary on the driver and
 * broadcast; then one shuffle that brings all sequences, as ints, to the one task that trains, with
 * all cores of its executor. What is too large for that ({@link Execution}) is trained by many
 * tasks, each with a part of the vectors: skip-gram in each epoch with one shuffle of the windows
 * and {@code numPartitions} of the vectors ({@link SkipGramTraining}), the basket model with one
 * shuffle of all parts and two of the rows that are touched per chunk of users ({@link
 * BasketTraining}). CBOW trains in one task alone. The same seed, {@code numPartitions}, {@code
 * execution} and sequences give the same bytes: in whatever order and partitions the rows are, on
 * any number of cores and machines, when tasks are retried, with vector instructions or without.
 */
public final class Item2Vec extends Estimator<Item2VecModel>
    implements ColumnParams<Item2Vec>,
        ListParams<Item2Vec>,
        TrainingParams<Item2Vec>,
        WindowParams<Item2Vec>,
        BasketParams<Item2Vec>,
        RunParams<Item2Vec>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ColumnParams.Declared columnParams;
  private final ListParams.Declared listParams;
  private final TrainingParams.Declared trainingParams;
  private final WindowParams.Declared windowParams;
  private final BasketParams.Declared basketParams;
  private final RunParams.Declared runParams;
  private transient ProgressListener progressListener;
  private transient Item2VecModel initialModel;

  /** An estimator of the basket model. */
  public Item2Vec() {
    this(Identifiable.randomUID("item2vec"));
  }

  /** Called by {@code copy} and {@code load}. */
  @SuppressWarnings("this-escape")
  public Item2Vec(String uid) {
    this.uid = uid;
    this.columnParams = ColumnParams.declare(this);
    this.listParams = ListParams.declare(this);
    this.trainingParams = TrainingParams.declare(this);
    this.windowParams = WindowParams.declare(this);
    this.basketParams = BasketParams.declare(this);
    this.runParams = RunParams.declare(this);
  }

  /**
   * Trains on a column of sequences. When the vectors stop being finite the Spark job fails with a
   * cause that names epoch and step size; such vectors are never returned.
   *
   * @throws IllegalArgumentException when the column is missing or no array of items, no item
   *     reaches {@code minCount}, or {@code minStepSize > stepSize}
   */
  @Override
  public Item2VecModel fit(Dataset<?> sequences) {
    long start = System.nanoTime();
    transformSchema(sequences.schema(), true);
    SparkSession session = sequences.sparkSession();
    Vocabulary vocabulary = Vocabulary.count(sequences, itemsAsStrings(), getMinCount());
    TrainingSettings settings = settings(vocabulary.occurrences());
    try (ProgressReport progress =
        new ProgressReport(
            session.sparkContext(),
            vocabulary.occurrences(),
            settings.maxIter(),
            progressListener)) {
      Training training =
          new Training(
              session,
              settings,
              control(session),
              vocabulary,
              warmStart(session, vocabulary),
              progress);
      ModelVectors vectors = training.run(rows(sequences), Execution.of(getExecution()));
      progress.ended(training.results());
      double seconds = (System.nanoTime() - start) / 1e9;
      TrainingSummary summary =
          TrainingSummary.of(training.results(), getEarlyStopping() > 0, vocabulary, seconds);
      Item2VecModel model = new Item2VecModel(uid, vocabulary, vectors, training.rule(), summary);
      return copyValues(model.setParent(this), ParamMap.empty());
    }
  }

  private Dataset<Row> rows(Dataset<?> sequences) {
    return getValidationCol().isEmpty()
        ? sequences.select(itemsAsStrings())
        : sequences.select(itemsAsStrings(), ColumnParams.asStrings(getValidationCol()));
  }

  private TrainingControl control(SparkSession session) {
    CheckpointDirectory checkpoints =
        getCheckpointDir().isEmpty()
            ? null
            : new CheckpointDirectory(
                new SerializableConfiguration(session.sessionState().newHadoopConf()),
                getCheckpointDir());
    return new TrainingControl(getEarlyStopping(), checkpoints, getCheckpointInterval());
  }

  private WarmStart warmStart(SparkSession session, Vocabulary vocabulary) {
    if (initialModel == null) {
      return WarmStart.none();
    }
    return new WarmStart(
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(
                StartVectors.of(
                    initialModel.vocabulary(), initialModel.vectors().local(), vocabulary)));
  }

  private TrainingSettings settings(long items) {
    Architecture kind = Architecture.of(getArchitecture());
    return new TrainingSettings(
        kind,
        getWindowSize(),
        getShrinkWindows(),
        kind.negative(getNegative()),
        getNsExponent(),
        getSample(),
        getVectorSize(),
        kind.stepSize(getStepSize()),
        getMinStepSize(),
        kind.maxIter(getMaxIter(), items),
        getNumPartitions(),
        getSeed(),
        Loss.of(getLoss()),
        getInputDropout(),
        getHiddenDropout(),
        getContextWeight(),
        getRegParam());
  }

  /**
   * The settings of a training; see {@link #fit} for what is thrown.
   *
   * @param items occurrences in all sequences
   */
  TrainingSettings checkedSettings(long items) {
    TrainingSettings settings = settings(items);
    if (getMinStepSize() > settings.stepSize()) {
      throw new IllegalArgumentException(
          "minStepSize = %s: must not be above stepSize = %s"
              .formatted(getMinStepSize(), settings.stepSize()));
    }
    return settings;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkedSettings(0);
    checkExecution();
    if (!getValidationCol().isEmpty()) {
      ColumnParams.requireItems(schema, "validationCol", getValidationCol());
    }
    return withLists(checkedSchema(schema));
  }

  private void checkExecution() {
    if (getEarlyStopping() > 0 && getValidationCol().isEmpty()) {
      throw new IllegalArgumentException(
          "earlyStopping = %d: needs a validationCol".formatted(getEarlyStopping()));
    }
    if (initialModel != null && initialModel.vectorSize() != getVectorSize()) {
      throw new IllegalArgumentException(
          "vectorSize = %d: the initial model's vectors have %d values"
              .formatted(getVectorSize(), initialModel.vectorSize()));
    }
    Execution.of(getExecution()).require(Architecture.of(getArchitecture()), getValidationCol());
  }

  /**
   * Starts from the vectors of an earlier model for the items that it knows; the others start as
   * ever. Not a Param, not saved, kept by {@code copy}. The model must fit the driver.
   */
  public Item2Vec setInitialModel(Item2VecModel model) {
    this.initialModel = model;
    return this;
  }

  /** Told about epochs while {@code fit} runs; not a Param, not saved, kept by {@code copy}. */
  public Item2Vec setProgressListener(ProgressListener listener) {
    this.progressListener = listener;
    return this;
  }

  @Override
  public Item2Vec copy(ParamMap extra) {
    Item2Vec copy = defaultCopy(extra);
    return copy.setProgressListener(progressListener).setInitialModel(initialModel);
  }

  /** Reader of estimators that {@code save} has written. */
  public static MLReader<Item2Vec> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator. */
  public static Item2Vec load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ColumnParams.Declared columnParams() {
    return columnParams;
  }

  @Override
  public ListParams.Declared listParams() {
    return listParams;
  }

  @Override
  public TrainingParams.Declared trainingParams() {
    return trainingParams;
  }

  @Override
  public WindowParams.Declared windowParams() {
    return windowParams;
  }

  @Override
  public BasketParams.Declared basketParams() {
    return basketParams;
  }

  @Override
  public RunParams.Declared runParams() {
    return runParams;
  }
}
