package io.github.item2vec.job;

import io.github.item2vec.baseline.MllibWord2Vec;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig.Training;
import io.github.item2vec.config.JobConfig.Training.TrainerName;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.progress.ProgressListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** {@code training.*} to an estimator, and its model as {@link TrainedModel}. Driver only. */
public final class Trainer {
  /** The Params of Spark's own Word2Vec that are set; they have the names of Item2Vec's. */
  private static final List<String> MLLIB_PARAMS =
      List.of(
          "minCount", "vectorSize", "stepSize", "maxIter", "seed", "windowSize", "numPartitions");

  private final TrainerName name;
  private final Item2Vec estimator;

  /** Throws {@link ConfigException} as {@link #check} does. */
  public Trainer(Training training) {
    this.name = training.trainer();
    this.estimator = checked(training);
  }

  /**
   * Checks the parameters, whichever trainer is to heed them; needs no Spark session.
   *
   * @throws ConfigException when one is none of the values that its Param takes
   */
  public static void check(Training training) {
    checked(training);
  }

  private static Item2Vec checked(Training training) {
    Item2Vec estimator = NamedParams.set(new Item2Vec(), training.params());
    double stepSize = estimator.getStepSize();
    if (stepSize > 0 && estimator.getMinStepSize() > stepSize) {
      throw new ConfigException(
          "training.min-step-size = %s: must be between 0 and training.step-size"
              .formatted(estimator.getMinStepSize()));
    }
    return estimator;
  }

  /**
   * Trains on one array&lt;string&gt; column.
   *
   * @param validationCol another one, with items held out; empty for none
   * @param listener told how far it is; not by Spark's own trainer
   * @throws BadInputException when no item is left after {@code training.min-count}
   */
  public TrainedModel train(
      Dataset<Row> users, String itemsCol, String validationCol, ProgressListener listener) {
    try {
      return name == TrainerName.ITEM2VEC
          ? item2vec(users, itemsCol, validationCol, listener)
          : mllib(users, itemsCol);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "training: "
              + e.getMessage()
              + "; see training.min-count, and split.test: the last rows of a user are not trained on");
    }
  }

  /** An estimator with the parameters of the configuration. */
  public Item2Vec estimator() {
    return estimator.copy(ParamMap.empty());
  }

  /**
   * A model that {@code run} has saved.
   *
   * @throws ConfigException when the directory holds neither of the two kinds
   * @throws BadInputException when its files are damaged; or a {@link DamagedException}
   */
  static TrainedModel load(SparkSession spark, String directory) {
    String type = modelClass(spark, directory);
    if (type.endsWith("." + Item2VecModel.class.getSimpleName())) {
      return item2vec(loaded(directory));
    }
    if (type.equals(Word2VecModel.class.getName())) {
      Word2VecModel model =
          SavedTable.reading(directory, () -> Word2VecModel.load(SavedTable.pattern(directory)));
      return new TrainedModel(model, MllibWord2Vec.itemVectors(model));
    }
    throw new ConfigException("--model %s: a %s, not a model of run".formatted(directory, type));
  }

  private static Item2VecModel loaded(String directory) {
    try {
      return Item2VecModel.load(directory);
    } catch (DamagedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--model %s: %s".formatted(directory, e.getMessage()), e);
    } catch (Exception e) {
      // Spark's and json4s' own, some of them undeclared
      throw new BadInputException(
          "--model %s cannot be loaded, its files are damaged: %s"
              .formatted(directory, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static String modelClass(SparkSession spark, String directory) {
    Path metadata = new Path(directory, "metadata");
    try {
      FileSystem files = metadata.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(metadata) && !files.exists(new Path(directory, "data"))) {
        throw new ConfigException(
            "--model %s: no saved model: it has neither metadata/ nor data/".formatted(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
    List<Row> type =
        SavedTable.reading(
            metadata.toString(),
            () -> SavedTable.reader(spark).json(metadata.toString()).select("class").takeAsList(1));
    if (type.isEmpty() || type.get(0).isNullAt(0)) {
      throw new DamagedException(
          metadata + " does not name the model's class; restore it, or train again");
    }
    return type.get(0).getString(0);
  }

  private TrainedModel item2vec(
      Dataset<Row> users, String itemsCol, String validationCol, ProgressListener listener) {
    return item2vec(
        estimator()
            .setItemsCol(itemsCol)
            .setValidationCol(validationCol)
            .setProgressListener(listener)
            .fit(users));
  }

  private static TrainedModel item2vec(Item2VecModel model) {
    return new TrainedModel(model, model.itemVectors());
  }

  /** Spark's own Word2Vec with the same parameters, whatever {@code training.trainer} says. */
  TrainedModel mllib(Dataset<Row> users, String itemsCol) {
    Word2VecModel model =
        NamedParams.set(MllibWord2Vec.estimator(itemsCol), mllibParams()).fit(users);
    return new TrainedModel(model, MllibWord2Vec.itemVectors(model));
  }

  /**
   * The parameters that the chosen trainer heeds, under their configuration names.
   *
   * @param items occurrences in all sequences, which the default of {@code max-iter} depends on; 0
   *     = not known yet
   */
  public Map<String, Object> params(long items) {
    return name == TrainerName.ITEM2VEC ? item2vecParams(items) : mllibParams();
  }

  private Map<String, Object> item2vecParams(long items) {
    Architecture architecture = Architecture.of(estimator.getArchitecture());
    List<Param<?>> heeded = new ArrayList<>(estimator.trainingParams().all());
    heeded.addAll(
        architecture == Architecture.BASKET
            ? estimator.basketParams().all()
            : estimator.windowParams().all());
    return values(heeded, architecture, items);
  }

  /** The parameters that {@link #mllib} heeds. */
  Map<String, Object> mllibParams() {
    List<Param<?>> heeded = new ArrayList<>();
    MLLIB_PARAMS.forEach(param -> heeded.add(estimator.getParam(param)));
    return values(heeded, Architecture.SKIP_GRAM, 0);
  }

  /** Values by key, where the architecture's own is meant that one. */
  private Map<String, Object> values(List<Param<?>> params, Architecture architecture, long items) {
    Map<String, Object> own =
        Map.of(
            "negative", architecture.negative(estimator.getNegative()),
            "stepSize", architecture.stepSize(estimator.getStepSize()),
            "maxIter", architecture.maxIter(estimator.getMaxIter(), items));
    Map<String, Object> values = new LinkedHashMap<>();
    for (Param<?> param : params) {
      Object value = estimator.getOrDefault(param);
      values.put(NamedParams.key(param), own.getOrDefault(param.name(), value));
    }
    return values;
  }
}
