package io.github.item2vec.train;

import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.ItemVectorsModel;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.model.DistributedVectors;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.LocalVectors;
import io.github.item2vec.train.model.ModelRule;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Item vectors of both sides: input (gensim's {@code wv}) and output ({@code syn1neg}); immutable
 * but for its Params. Up to 512 MiB of vectors are arrays of the driver; more stay on the executors
 * as rows, and what needs them is a Spark job, until {@link #inputVectors} or {@link
 * #outputVectors} collects them.
 */
public final class Item2VecModel extends Model<Item2VecModel>
    implements ColumnParams<Item2VecModel>,
        ListParams<Item2VecModel>,
        ItemVectorsModel,
        MLWritable {
  private static final long serialVersionUID = 1L;

  private static final Comparator<ScoredItem> BEST_FIRST =
      Comparator.comparingDouble(ScoredItem::score).reversed().thenComparing(ScoredItem::item);

  private final String uid;
  private final ColumnParams.Declared columnParams;
  private final ListParams.Declared listParams;
  private final Vocabulary vocabulary;
  private final ModelVectors vectors;
  private final ModelRule rule;
  private final transient TrainingSummary summary;

  /**
   * A model without items: Spark Connect's server lists no class without such a constructor. Models
   * to use come from {@link Item2Vec#fit} and {@link #load}.
   */
  public Item2VecModel() {
    this(
        Identifiable.randomUID("item2vec"),
        new Vocabulary(new String[0], new long[0]),
        ItemMatrix.zeros(0, 1),
        ItemMatrix.zeros(0, 1));
  }

  /** A model of given vectors, one row per item; contexts have no order. */
  public Item2VecModel(String uid, Vocabulary vocabulary, ItemMatrix input, ItemMatrix output) {
    this(
        uid,
        vocabulary,
        new LocalVectors(input, output),
        ModelRule.local(ProfileRule.mean(vocabulary.size())),
        null);
  }

  @SuppressWarnings("this-escape")
  public Item2VecModel(
      String uid,
      Vocabulary vocabulary,
      ModelVectors vectors,
      ModelRule rule,
      TrainingSummary summary) {
    this.uid = uid;
    this.columnParams = ColumnParams.declare(this);
    this.listParams = ListParams.declare(this);
    this.vocabulary = vocabulary;
    this.vectors = vectors;
    this.rule = rule;
    this.summary = summary;
  }

  /** Whether this model comes from a training in this session. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * How the training went.
   *
   * @throws IllegalStateException when the model was loaded
   */
  public TrainingSummary summary() {
    if (summary == null) {
      throw new IllegalStateException("no summary: model %s was not trained here".formatted(uid));
    }
    return summary;
  }

  /** The items by falling count, ties by id; row i of the matrices is item i. */
  public String[] items() {
    return vocabulary.items();
  }

  /** Occurrences of each item in the training sequences. */
  public long[] counts() {
    return vocabulary.counts().clone();
  }

  /** Dimension of the vectors. */
  public int vectorSize() {
    return vectors.vectorSize();
  }

  /** Input vectors, row-major, items x vectorSize. */
  public float[] inputVectors() {
    return vectors.local().input().values().clone();
  }

  /** Output vectors, row-major, items x vectorSize. */
  public float[] outputVectors() {
    return vectors.local().output().values().clone();
  }

  /** Input vectors for the context, output vectors as targets; collected when distributed. */
  @Override
  public ItemVectors itemVectors() {
    LocalVectors local = vectors.local();
    return new ItemVectors(
            List.of(items()), vectorSize(), local.input().values(), local.output().values())
        .under(profileRule());
  }

  /**
   * The items most likely to stand in this context: softmax over all items of (mean input vector of
   * the context) . (output vector), as gensim 4.4.0's {@code predict_output_word}. A basket model
   * looks at the order of the context, see {@link #profileRule}. Unknown items of the context are
   * dropped, repeated ones count each time; items of the context are not left out of the result.
   * Ties by item id. O(items x vectorSize).
   *
   * @param context oldest first
   * @return at most {@code k} items by falling probability; none when no item of the context is
   *     known
   * @throws IllegalArgumentException when k is negative
   */
  public List<ScoredItem> predictOutput(List<String> context, int k) {
    int[] known = vocabulary.encode(context);
    if (known.length == 0) {
      return List.of();
    }
    double[] profile = ItemMatrix.sum(vectors.inputRows(known), rule.lags().shares(known.length));
    double[] scores = vectors.outputProducts(profile);
    double[] added = rule.additions(known);
    for (int item = 0; item < added.length; item++) {
      scores[item] += added[item];
    }
    softmax(scores);
    return best(scores, k, -1);
  }

  /**
   * The nearest items by the cosine of the input vectors, without the item itself; a zero vector
   * has cosine 0. O(items x vectorSize).
   *
   * @throws IllegalArgumentException when the item has no vector, or k is negative
   */
  public List<ScoredItem> similarItems(String item, int k) {
    int index = vocabulary.indexOf(item);
    if (index < 0) {
      throw new IllegalArgumentException("no vector for item '%s'".formatted(item));
    }
    double[] cosines = vectors.inputProducts(vectors.inputRows(new int[] {index})[0]);
    double[] lengths = vectors.inputLengths();
    for (int i = 0; i < cosines.length; i++) {
      double both = lengths[i] * lengths[index];
      cosines[i] = both == 0 ? 0 : cosines[i] / both;
    }
    return best(cosines, k, index);
  }

  /** A queue of k, so that only items that may be among the best become objects. */
  private List<ScoredItem> best(double[] scores, int k, int without) {
    if (k < 0) {
      throw new IllegalArgumentException("k = %d: must be >= 0".formatted(k));
    }
    PriorityQueue<ScoredItem> best = new PriorityQueue<>(BEST_FIRST.reversed());
    for (int i = 0; i < scores.length; i++) {
      if (i != without && (best.size() < k || Double.compare(scores[i], worst(best)) >= 0)) {
        best.add(new ScoredItem(vocabulary.item(i), scores[i]));
        if (best.size() > k) {
          best.remove();
        }
      }
    }
    return best.stream().sorted(BEST_FIRST).toList();
  }

  private static double worst(PriorityQueue<ScoredItem> best) {
    return best.isEmpty() ? Double.POSITIVE_INFINITY : best.element().score();
  }

  /** In place, shifted by the maximum so that no exponential overflows. */
  private static void softmax(double[] scores) {
    double largest = Arrays.stream(scores).max().orElse(0);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - largest);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
  }

  /**
   * Adds the profile: the mean input vector of the row's known items, weighted as {@link
   * #profileRule} says, null when none is known. What that rule adds to scores besides is no part
   * of a profile: {@code Recommender.byVectors} with {@link #itemVectors} heeds it. The input
   * vectors are broadcast, no shuffle; those of a large model are joined, three shuffles.
   *
   * <p>With a {@link #predictionCol} also a list of each row, as {@link ListParams} says.
   */
  @Override
  public Dataset<Row> transform(Dataset<?> sequences) {
    transformSchema(sequences.schema(), true);
    Dataset<Row> profiles = withProfiles(sequences);
    return getPredictionCol().isEmpty() ? profiles : TransformedLists.add(profiles, this);
  }

  private Dataset<Row> withProfiles(Dataset<?> sequences) {
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(sequences.sparkSession().sparkContext());
    Broadcast<Vocabulary> ids = spark.broadcast(vocabulary);
    if (vectors instanceof DistributedVectors distributed) {
      return DistributedProfiles.add(
          sequences, itemsAsStrings(), getOutputCol(), ids, rule.lags(), distributed.rows());
    }
    Broadcast<ItemMatrix> input = spark.broadcast(vectors.local().input());
    return sequences.withColumn(
        getOutputCol(),
        functions
            .udf(new ProfileFn(ids, input, rule.lags()), SQLDataTypes.VectorType())
            .apply(itemsAsStrings()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withLists(checkedSchema(schema));
  }

  @Override
  public Item2VecModel copy(ParamMap extra) {
    Item2VecModel copy = new Item2VecModel(uid, vocabulary, vectors, rule, summary);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelPersistence.Writer(this);
  }

  @Override
  public void save(String path) throws IOException {
    write().save(path);
  }

  /** Reader of models that {@code save} has written. */
  public static MLReader<Item2VecModel> read() {
    return new ModelPersistence.Reader();
  }

  /**
   * Loads a model.
   *
   * @throws io.github.item2vec.files.DamagedException when its files are not those that were saved
   * @throws IllegalArgumentException when it is another kind of model
   */
  public static Item2VecModel load(String path) {
    return read().load(path);
  }

  /** Reads a saved model as {@link #load} does and throws the same; keeps nothing of it. */
  public static void verify(String path) {
    new ModelPersistence.Reader().verify(path);
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

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public ModelVectors vectors() {
    return vectors;
  }

  /**
   * How a context becomes scores: weights by lag and what follows what, learned by the basket model
   * where they help; with the other architectures the plain mean, as gensim. Rows and columns of
   * its tables are {@link #items}. Tables that are on the executors, as the vectors of a large
   * model, are collected.
   */
  public ProfileRule profileRule() {
    return rule.collected();
  }

  /** The same where it is. */
  public ModelRule rule() {
    return rule;
  }
}
