package io.github.item2vec.train;

import io.github.item2vec.train.checkpoint.CheckpointDirectory;
import io.github.item2vec.train.checkpoint.StartVectors;
import io.github.item2vec.train.checkpoint.TrainingControl;
import io.github.item2vec.train.checkpoint.WarmStart;
import io.github.item2vec.train.distributed.DistributedTraining;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import io.github.item2vec.train.progress.ProgressListener;
import io.github.item2vec.train.progress.ProgressReport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
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
 * ({@code windowSize}, {@code shrinkWindows}, {@code sample} and {@code numPartitions} do not apply
 * to it; a repeated item counts once). The basket model is the default; {@code
 * setArchitecture("skip-gram")} brings gensim's defaults, since {@code stepSize}, {@code maxIter}
 * and {@code negative} are the architecture's own unless set.
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
 * all cores of its executor. Skip-gram whose vectors are too many for that ({@link Execution}) is
 * trained by {@code numPartitions} tasks: in each epoch one shuffle of the windows and {@code
 * numPartitions} of the vectors; see {@link DistributedTraining}. The same seed, {@code
 * numPartitions}, {@code execution} and sequences give the same bytes: in whatever order and
 * partitions the rows are, on any number of cores and machines, when tasks are retried, with vector
 * instructions or without.
 */
public final class Item2Vec extends Estimator<Item2VecModel>
    implements Item2VecParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> itemsCol;
  private final Param<String> outputCol;
  private final Param<String> architecture;
  private final IntParam windowSize;
  private final BooleanParam shrinkWindows;
  private final IntParam negative;
  private final DoubleParam nsExponent;
  private final DoubleParam sample;
  private final IntParam minCount;
  private final IntParam vectorSize;
  private final DoubleParam stepSize;
  private final DoubleParam minStepSize;
  private final IntParam maxIter;
  private final IntParam numPartitions;
  private final LongParam seed;
  private final Param<String> loss;
  private final DoubleParam inputDropout;
  private final DoubleParam hiddenDropout;
  private final DoubleParam contextWeight;
  private final DoubleParam regParam;
  private final Param<String> execution;
  private final Param<String> validationCol;
  private final IntParam earlyStopping;
  private final Param<String> checkpointDir;
  private final IntParam checkpointInterval;
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
    this.itemsCol = Item2VecParams.itemsCol(this);
    this.outputCol = Item2VecParams.outputCol(this);
    this.architecture =
        new Param<>(
            this,
            "architecture",
            "which way the prediction goes: skip-gram, cbow (gensim: sg) or basket",
            ParamValidators.inArray(Architecture.labels()));
    this.windowSize =
        new IntParam(
            this,
            "windowSize",
            "largest distance between context and centre item (> 0; gensim: window)",
            ParamValidators.gt(0));
    this.shrinkWindows =
        new BooleanParam(
            this,
            "shrinkWindows",
            "draw each centre item's window from 1 .. windowSize (gensim: shrink_windows)");
    this.negative =
        new IntParam(
            this,
            "negative",
            "negative items drawn: for each pair, or by basket for each batch (0 = the architecture's own)",
            ParamValidators.gtEq(0));
    this.nsExponent =
        new DoubleParam(
            this,
            "nsExponent",
            "negatives are drawn in proportion to count^nsExponent (any sign; gensim: ns_exponent)",
            ParamValidators.inRange(-1e3, 1e3));
    this.sample =
        new DoubleParam(
            this,
            "sample",
            "threshold of frequent-item down-sampling (0 = off)",
            ParamValidators.gtEq(0));
    this.minCount =
        new IntParam(
            this,
            "minCount",
            "items that occur less often get no vector (>= 0; gensim: min_count)",
            ParamValidators.gtEq(0));
    this.vectorSize =
        new IntParam(
            this,
            "vectorSize",
            "dimension of the item vectors (> 0; gensim: vector_size)",
            ParamValidators.gt(0));
    this.stepSize =
        new DoubleParam(
            this,
            "stepSize",
            "learning rate at the start (0 = the architecture's own; gensim: alpha)",
            ParamValidators.gtEq(0));
    this.minStepSize =
        new DoubleParam(
            this,
            "minStepSize",
            "learning rate at the end (0 .. stepSize; gensim: min_alpha)",
            ParamValidators.gtEq(0));
    this.maxIter =
        new IntParam(
            this,
            "maxIter",
            "epochs (0 = the architecture's own; gensim: epochs)",
            ParamValidators.gtEq(0));
    this.numPartitions =
        new IntParam(
            this,
            "numPartitions",
            "parts that the items are dealt out to, which bounds the threads that train (> 0)",
            ParamValidators.gt(0));
    this.seed =
        new LongParam(this, "seed", "seed of initial vectors, order, windows and negatives");
    this.loss =
        new Param<>(
            this,
            "loss",
            "auto, softmax, sampled-softmax or negative-sampling; basket only, the others know the last",
            ParamValidators.inArray(Loss.labels()));
    this.inputDropout =
        new DoubleParam(
            this,
            "inputDropout",
            "basket: share of a sequence's items that is left out of the context, as targets (0..1)",
            ParamValidators.inRange(0, 1, false, false));
    this.hiddenDropout =
        new DoubleParam(
            this,
            "hiddenDropout",
            "basket: share of the context vector's values that training drops (0 = none, below 1)",
            ParamValidators.inRange(0, 1, true, false));
    this.contextWeight =
        new DoubleParam(
            this,
            "contextWeight",
            "basket: weight of the context's items as targets beside those left out (0..1)",
            ParamValidators.inRange(0, 1));
    this.regParam =
        new DoubleParam(
            this, "regParam", "basket: L2 penalty of the vectors (>= 0)", ParamValidators.gtEq(0));
    this.execution =
        new Param<>(
            this,
            "execution",
            "auto (by size), one-task, or distributed: numPartitions tasks (skip-gram only)",
            ParamValidators.inArray(Execution.labels()));
    this.validationCol =
        new Param<>(
            this,
            "validationCol",
            "column with items held out of each sequence, for map@10 after each epoch; empty = none");
    this.earlyStopping =
        new IntParam(
            this,
            "earlyStopping",
            "epochs without a better validation metric after which training stops and the best"
                + " epoch's vectors are kept (0 = never)",
            ParamValidators.gtEq(0));
    this.checkpointDir =
        new Param<>(
            this,
            "checkpointDir",
            "directory on a Hadoop file system for checkpoints, from which the same training goes"
                + " on; empty = none");
    this.checkpointInterval =
        new IntParam(
            this,
            "checkpointInterval",
            "epochs between two checkpoints (> 0)",
            ParamValidators.gt(0));
    setDefault(itemsCol, "items");
    setDefault(outputCol, "profile");
    setDefault(architecture, Architecture.BASKET.label());
    setDefault(windowSize, 5);
    setDefault(shrinkWindows, true);
    setDefault(negative, 0);
    setDefault(nsExponent, 0.75);
    setDefault(sample, 1e-3);
    setDefault(minCount, 5);
    setDefault(vectorSize, 100);
    setDefault(stepSize, 0.0);
    setDefault(minStepSize, 1e-4);
    setDefault(maxIter, 0);
    setDefault(numPartitions, 4);
    setDefault(seed, 42L);
    setDefault(loss, Loss.AUTO.label());
    setDefault(inputDropout, 0.6);
    setDefault(hiddenDropout, 0.5);
    setDefault(contextWeight, 0.2);
    setDefault(regParam, 1e-4);
    setDefault(execution, Execution.AUTO.label());
    setDefault(validationCol, "");
    setDefault(earlyStopping, 0);
    setDefault(checkpointDir, "");
    setDefault(checkpointInterval, 10);
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
    TrainingSettings settings = settings();
    Vocabulary vocabulary = Vocabulary.count(sequences, itemsAsStrings(), getMinCount());
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
      double seconds = (System.nanoTime() - start) / 1e9;
      TrainingSummary summary =
          TrainingSummary.of(training.results(), getEarlyStopping() > 0, vocabulary, seconds);
      Item2VecModel model = new Item2VecModel(uid, vocabulary, vectors, summary);
      return copyValues(model.setParent(this), ParamMap.empty());
    }
  }

  private Dataset<Row> rows(Dataset<?> sequences) {
    return getValidationCol().isEmpty()
        ? sequences.select(itemsAsStrings())
        : sequences.select(itemsAsStrings(), Item2VecParams.asStrings(getValidationCol()));
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

  private TrainingSettings settings() {
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
        kind.maxIter(getMaxIter()),
        getNumPartitions(),
        getSeed(),
        Loss.of(getLoss()),
        getInputDropout(),
        getHiddenDropout(),
        getContextWeight(),
        getRegParam());
  }

  /** The settings of a training; see {@link #fit} for what is thrown. */
  TrainingSettings checkedSettings() {
    TrainingSettings settings = settings();
    if (getMinStepSize() > settings.stepSize()) {
      throw new IllegalArgumentException(
          "minStepSize = %s: must not be above stepSize = %s"
              .formatted(getMinStepSize(), settings.stepSize()));
    }
    return settings;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkedSettings();
    checkExecution();
    if (!getValidationCol().isEmpty()) {
      Item2VecParams.requireItems(schema, "validationCol", getValidationCol());
    }
    return checkedSchema(schema);
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
    if (Execution.of(getExecution()) != Execution.DISTRIBUTED) {
      return;
    }
    if (Architecture.of(getArchitecture()) != Architecture.SKIP_GRAM) {
      throw new IllegalArgumentException(
          "execution = distributed: architecture = %s trains in one task, only skip-gram is distributed"
              .formatted(getArchitecture()));
    }
    if (!getValidationCol().isEmpty()) {
      throw new IllegalArgumentException(
          "validationCol = %s: a distributed training does not validate"
              .formatted(getValidationCol()));
    }
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
  public Param<String> itemsCol() {
    return itemsCol;
  }

  /** Sets {@link #itemsCol()}; default items. */
  public Item2Vec setItemsCol(String value) {
    set(itemsCol, value);
    return this;
  }

  @Override
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Sets {@link #outputCol()}; default profile. */
  public Item2Vec setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Param: which way the prediction goes: skip-gram, cbow (gensim: sg) or basket. */
  public Param<String> architecture() {
    return architecture;
  }

  /** Value of {@link #architecture()}. */
  public String getArchitecture() {
    return getOrDefault(architecture);
  }

  /** Sets {@link #architecture()}; default basket. */
  public Item2Vec setArchitecture(String value) {
    set(architecture, value);
    return this;
  }

  /** Param: largest distance between context and centre item (> 0; gensim: window). */
  public IntParam windowSize() {
    return windowSize;
  }

  /** Value of {@link #windowSize()}. */
  public int getWindowSize() {
    return (int) getOrDefault(windowSize);
  }

  /** Sets {@link #windowSize()}; default 5. */
  public Item2Vec setWindowSize(int value) {
    set(windowSize, value);
    return this;
  }

  /** Param: draw each centre item's window from 1 .. windowSize (gensim: shrink_windows). */
  public BooleanParam shrinkWindows() {
    return shrinkWindows;
  }

  /** Value of {@link #shrinkWindows()}. */
  public boolean getShrinkWindows() {
    return (boolean) getOrDefault(shrinkWindows);
  }

  /** Sets {@link #shrinkWindows()}; default true. */
  public Item2Vec setShrinkWindows(boolean value) {
    set(shrinkWindows, value);
    return this;
  }

  /**
   * Param: negative items drawn: for each pair, or by basket for each batch; 0 = the architecture's
   * own, 5 and 500. Skip-gram and CBOW deal them evenly instead of drawing each on its own; eight
   * pairs of skip-gram share half of so many, at least 4, with a weight that leaves the expectation
   * of the gradient as it is.
   */
  public IntParam negative() {
    return negative;
  }

  /** Value of {@link #negative()}. */
  public int getNegative() {
    return (int) getOrDefault(negative);
  }

  /** Sets {@link #negative()}; default 0. */
  public Item2Vec setNegative(int value) {
    set(negative, value);
    return this;
  }

  /**
   * Param: negatives are drawn in proportion to count^nsExponent (any sign; gensim: ns_exponent).
   */
  public DoubleParam nsExponent() {
    return nsExponent;
  }

  /** Value of {@link #nsExponent()}. */
  public double getNsExponent() {
    return (double) getOrDefault(nsExponent);
  }

  /** Sets {@link #nsExponent()}; default 0.75. */
  public Item2Vec setNsExponent(double value) {
    set(nsExponent, value);
    return this;
  }

  /** Param: threshold of frequent-item down-sampling (0 = off). */
  public DoubleParam sample() {
    return sample;
  }

  /** Value of {@link #sample()}. */
  public double getSample() {
    return (double) getOrDefault(sample);
  }

  /** Sets {@link #sample()}; default 1e-3. */
  public Item2Vec setSample(double value) {
    set(sample, value);
    return this;
  }

  /** Param: items that occur less often get no vector (>= 0; gensim: min_count). */
  public IntParam minCount() {
    return minCount;
  }

  /** Value of {@link #minCount()}. */
  public int getMinCount() {
    return (int) getOrDefault(minCount);
  }

  /** Sets {@link #minCount()}; default 5. */
  public Item2Vec setMinCount(int value) {
    set(minCount, value);
    return this;
  }

  /** Param: dimension of the item vectors (> 0; gensim: vector_size). */
  public IntParam vectorSize() {
    return vectorSize;
  }

  /** Value of {@link #vectorSize()}. */
  public int getVectorSize() {
    return (int) getOrDefault(vectorSize);
  }

  /** Sets {@link #vectorSize()}; default 100. */
  public Item2Vec setVectorSize(int value) {
    set(vectorSize, value);
    return this;
  }

  /** Param: learning rate at the start; 0 = the architecture's own, 0.025 or for basket 0.01. */
  public DoubleParam stepSize() {
    return stepSize;
  }

  /** Value of {@link #stepSize()}. */
  public double getStepSize() {
    return (double) getOrDefault(stepSize);
  }

  /** Sets {@link #stepSize()}; default 0. */
  public Item2Vec setStepSize(double value) {
    set(stepSize, value);
    return this;
  }

  /** Param: learning rate at the end (0 .. stepSize; gensim: min_alpha). */
  public DoubleParam minStepSize() {
    return minStepSize;
  }

  /** Value of {@link #minStepSize()}. */
  public double getMinStepSize() {
    return (double) getOrDefault(minStepSize);
  }

  /** Sets {@link #minStepSize()}; default 1e-4. */
  public Item2Vec setMinStepSize(double value) {
    set(minStepSize, value);
    return this;
  }

  /** Param: epochs; 0 = the architecture's own, 5 or for basket 100. */
  public IntParam maxIter() {
    return maxIter;
  }

  /** Value of {@link #maxIter()}. */
  public int getMaxIter() {
    return (int) getOrDefault(maxIter);
  }

  /** Sets {@link #maxIter()}; default 0. */
  public Item2Vec setMaxIter(int value) {
    set(maxIter, value);
    return this;
  }

  /**
   * Param: parts that the items are dealt out to, which bounds the threads that train (> 0).
   * Skip-gram only; the result depends on it a little, on the number of threads not at all.
   */
  public IntParam numPartitions() {
    return numPartitions;
  }

  /** Value of {@link #numPartitions()}. */
  public int getNumPartitions() {
    return (int) getOrDefault(numPartitions);
  }

  /** Sets {@link #numPartitions()}; default 4. */
  public Item2Vec setNumPartitions(int value) {
    set(numPartitions, value);
    return this;
  }

  /** Param: seed of initial vectors, order, windows and negatives. */
  public LongParam seed() {
    return seed;
  }

  /** Value of {@link #seed()}. */
  public long getSeed() {
    return (long) getOrDefault(seed);
  }

  /** Sets {@link #seed()}; default 42L. */
  public Item2Vec setSeed(long value) {
    set(seed, value);
    return this;
  }

  /**
   * Param: what the basket model minimises: softmax, sampled-softmax or negative-sampling. The last
   * two draw {@code negative} items a batch by {@code nsExponent}. auto: softmax up to 10,000
   * items, sampled-softmax over more. Skip-gram and CBOW always train with negative sampling.
   */
  public Param<String> loss() {
    return loss;
  }

  /** Value of {@link #loss()}. */
  public String getLoss() {
    return getOrDefault(loss);
  }

  /** Sets {@link #loss()}; default auto. */
  public Item2Vec setLoss(String value) {
    set(loss, value);
    return this;
  }

  /**
   * Param: share of a sequence's items that each epoch leaves out of the context and predicts
   * (between 0 and 1, both excluded). Basket only.
   */
  public DoubleParam inputDropout() {
    return inputDropout;
  }

  /** Value of {@link #inputDropout()}. */
  public double getInputDropout() {
    return (double) getOrDefault(inputDropout);
  }

  /** Sets {@link #inputDropout()}; default 0.6. */
  public Item2Vec setInputDropout(double value) {
    set(inputDropout, value);
    return this;
  }

  /**
   * Param: share of the context vector's values that training drops, each time others (0 = none,
   * below 1). Basket only.
   */
  public DoubleParam hiddenDropout() {
    return hiddenDropout;
  }

  /** Value of {@link #hiddenDropout()}. */
  public double getHiddenDropout() {
    return (double) getOrDefault(hiddenDropout);
  }

  /** Sets {@link #hiddenDropout()}; default 0.5. */
  public Item2Vec setHiddenDropout(double value) {
    set(hiddenDropout, value);
    return this;
  }

  /**
   * Param: weight of the context's items as targets beside those left out, whose weight is 1
   * (between 0 and 1). Basket only.
   */
  public DoubleParam contextWeight() {
    return contextWeight;
  }

  /** Value of {@link #contextWeight()}. */
  public double getContextWeight() {
    return (double) getOrDefault(contextWeight);
  }

  /** Sets {@link #contextWeight()}; default 0.2. */
  public Item2Vec setContextWeight(double value) {
    set(contextWeight, value);
    return this;
  }

  /** Param: L2 penalty of the vectors, part of each step's gradient (>= 0). Basket only. */
  public DoubleParam regParam() {
    return regParam;
  }

  /** Value of {@link #regParam()}. */
  public double getRegParam() {
    return (double) getOrDefault(regParam);
  }

  /** Sets {@link #regParam()}; default 1e-4. */
  public Item2Vec setRegParam(double value) {
    set(regParam, value);
    return this;
  }

  /** Param: auto, one-task or distributed, see {@link Execution}. */
  public Param<String> execution() {
    return execution;
  }

  /** Value of {@link #execution()}. */
  public String getExecution() {
    return getOrDefault(execution);
  }

  /** Sets {@link #execution()}; default auto. */
  public Item2Vec setExecution(String value) {
    set(execution, value);
    return this;
  }

  /** Param: column with items held out of each sequence, ranked after each epoch. */
  public Param<String> validationCol() {
    return validationCol;
  }

  /** Value of {@link #validationCol()}. */
  public String getValidationCol() {
    return getOrDefault(validationCol);
  }

  /** Sets {@link #validationCol()}; default none. */
  public Item2Vec setValidationCol(String value) {
    set(validationCol, value);
    return this;
  }

  /** Param: epochs without a better validation metric before training stops (0 = never). */
  public IntParam earlyStopping() {
    return earlyStopping;
  }

  /** Value of {@link #earlyStopping()}. */
  public int getEarlyStopping() {
    return (int) getOrDefault(earlyStopping);
  }

  /** Sets {@link #earlyStopping()}; default 0. */
  public Item2Vec setEarlyStopping(int value) {
    set(earlyStopping, value);
    return this;
  }

  /** Param: directory for checkpoints. */
  public Param<String> checkpointDir() {
    return checkpointDir;
  }

  /** Value of {@link #checkpointDir()}. */
  public String getCheckpointDir() {
    return getOrDefault(checkpointDir);
  }

  /** Sets {@link #checkpointDir()}; default none. */
  public Item2Vec setCheckpointDir(String value) {
    set(checkpointDir, value);
    return this;
  }

  /** Param: epochs between two checkpoints. */
  public IntParam checkpointInterval() {
    return checkpointInterval;
  }

  /** Value of {@link #checkpointInterval()}. */
  public int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval);
  }

  /** Sets {@link #checkpointInterval()}; default 10. */
  public Item2Vec setCheckpointInterval(int value) {
    set(checkpointInterval, value);
    return this;
  }
}
