package io.github.item2vec.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Every {@link RankingMetric} at every cut-off over a data set of lists, in one pass; and a Spark
 * ML {@link Evaluator} of one of them for {@code CrossValidator} and {@code TrainValidationSplit}.
 * Full ranking: nothing is sampled but the bootstrap.
 *
 * <p>With a {@link Catalogue} also, over the first k of all lists of evaluated users:
 *
 * <ul>
 *   <li>{@code coverage@k}: distinct items recommended / items of the catalogue;
 *   <li>{@code novelty@k}: mean novelty of the recommended items, in bits;
 *   <li>{@code popularity-share@k}: share of the recommended items that are popular ones;
 *   <li>{@code gini@k}: how unequally the places are dealt out to the items of the catalogue, 0 to
 *       1, see {@link ItemCounts#gini};
 *   <li>{@code personalization@k}: mean of 1 - overlap over all pairs of lists, the overlap of two
 *       being the items that both have / k. Over n lists, of which c(i) have item i, that is 1 -
 *       (sum of c(i) (c(i) - 1)) / (n (n - 1) k): exact, no pair is sampled. The inter-list
 *       distance of Zhou et al. 2010, see {@link Catalogue};
 *   <li>{@code diversity@k}, when the catalogue has vectors: mean over lists of the mean of 1 -
 *       cosine over all pairs of a list's items, see {@link UnitVectors#meanDistance}.
 * </ul>
 *
 * Novelty and popularity share are means over places in lists. What no list can say is absent:
 * novelty, popularity share and gini when none has an item of the catalogue, personalization when
 * there are not two that have, diversity when none has two items with vectors. {@link Segments} are
 * counted in the same pass, at the cut-off {@link RankingMetric#K}.
 *
 * <p>Lists may come from anywhere. An item counts once, at its first place; where a list repeats
 * it, the repeat keeps its place and is a miss, and is in none of the means over places. A null in
 * a list is a place without an item, a null among the relevant items is none. Whole numbers in
 * place of strings are compared as their decimal text; other types are refused.
 *
 * <p>Cost: one pass on the executors; a task returns some kilobytes a cut-off, and with a catalogue
 * 8 bytes for each of its items. Sums are exact, so that the figures have the same bits for every
 * number of partitions and order of rows.
 */
public final class TopKEvaluator extends Evaluator implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** Bootstrap samples of {@link #report}: the 2.5 % percentile is the 26th of them. */
  public static final int SAMPLES = 1000;

  private final String uid;
  private final Param<String> predictionCol;
  private final Param<String> labelCol;
  private final Param<String> metricName;
  private final IntParam k;

  /** An evaluator by map@10. */
  public TopKEvaluator() {
    this(Identifiable.randomUID("topKEvaluator"));
  }

  /** For {@code copy} and {@code load}. */
  @SuppressWarnings("this-escape")
  public TopKEvaluator(String uid) {
    this.uid = uid;
    this.predictionCol =
        new Param<>(this, "predictionCol", "lists: array<string>, best first; null = no list");
    this.labelCol = new Param<>(this, "labelCol", "relevant items: array<string>");
    this.metricName =
        new Param<>(
            this,
            "metricName",
            "one of " + List.of(RankingMetric.labels()),
            ParamValidators.inArray(RankingMetric.labels()));
    this.k = new IntParam(this, "k", "cut-off (>= 1)", ParamValidators.gt(0));
    setDefault(predictionCol, "prediction");
    setDefault(labelCol, "test");
    setDefault(metricName, "map");
    setDefault(k, 10);
  }

  /**
   * The mean of {@link #metricName()} at {@link #k()} over the users with relevant items.
   *
   * @throws IllegalArgumentException when a column is missing or has another type, or no user has
   *     relevant items
   */
  @Override
  public double evaluate(Dataset<?> lists) {
    Dataset<Row> rows =
        lists.select(
            lit(null).cast(DataTypes.StringType).as("user"),
            ListColumns.texts(lists, getPredictionCol()).as("items"),
            ListColumns.texts(lists, getLabelCol()).as("test"),
            lit(false).as("cold"),
            lit(null).cast(DataTypes.IntegerType).as("trainRows"));
    String name = RankingMetric.of(getMetricName()).at(getK());
    Double mean = report(rows, new int[] {getK()}, 0, 0, null).metrics().get(name);
    if (mean == null) {
      throw new IllegalArgumentException(
          "no user has relevant items in column '%s'".formatted(getLabelCol()));
    }
    return mean;
  }

  /**
   * All metrics with {@value #SAMPLES} bootstrap samples.
   *
   * @param lists columns named user (string, distinct), items (array of string, best first; null =
   *     the user has no list and counts 0), test (array of string: the relevant items; users with
   *     none are not in the mean) and optionally cold (boolean) and train (array: the user's part
   *     of what was trained on; its length tells the user's segment)
   * @param cutOffs each >= 1
   * @param seed of the bootstrap: the same seed and users give the same samples
   * @param catalogue null to measure relevance alone
   * @throws IllegalArgumentException when a column is missing or has another type
   */
  public static MetricReport report(
      Dataset<Row> lists, List<Integer> cutOffs, long seed, Catalogue catalogue) {
    boolean cold = Arrays.asList(lists.columns()).contains("cold");
    Column coldUser = cold ? col("cold") : lit(false).as("cold");
    return report(
        lists.select(
            ListColumns.text(lists, "user").as("user"),
            ListColumns.texts(lists, "items").as("items"),
            ListColumns.texts(lists, "test").as("test"),
            coldUser,
            ListColumns.trainRows(lists)),
        cutOffs.stream().mapToInt(Integer::intValue).toArray(),
        SAMPLES,
        seed,
        catalogue);
  }

  private static MetricReport report(
      Dataset<Row> rows, int[] cutOffs, int samples, long seed, Catalogue catalogue) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<Catalogue> broadcast = spark.broadcast(catalogue);
    MetricSumsFn fn = new MetricSumsFn(cutOffs, samples, seed, broadcast);
    ListTotals totals =
        rows.javaRDD()
            .mapPartitions(fn)
            .treeAggregate(
                new ListTotals(RankingMetric.values().length, cutOffs.length, samples),
                ListTotals::plus,
                ListTotals::plus);
    broadcast.destroy();
    Map<String, Double> metrics = new LinkedHashMap<>();
    Map<String, double[]> sampled = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; i < cutOffs.length && totals.evaluated() > 0; i++) {
      for (RankingMetric metric : RankingMetric.values()) {
        metrics.put(metric.at(cutOffs[i]), totals.sums.sum(at++) / totals.evaluated());
        if (samples > 0) {
          sampled.put(metric.at(cutOffs[i]), means(totals, at));
          at += samples;
        }
      }
      if (catalogue != null) {
        totals.catalogue[i].put(metrics, cutOffs[i], catalogue);
      }
    }
    return new MetricReport(totals, metrics, sampled, Segments.of(totals.segments, catalogue));
  }

  /** A sample without users, possible when there are only a few, is left as 0. */
  private static double[] means(ListTotals totals, int from) {
    double[] means = new double[totals.sampled.length];
    for (int sample = 0; sample < means.length; sample++) {
      if (totals.sampled[sample] > 0) {
        means[sample] = totals.sums.sum(from + sample) / totals.sampled[sample];
      }
    }
    return means;
  }

  @Override
  public boolean isLargerBetter() {
    return true;
  }

  @Override
  public TopKEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Loads an evaluator. */
  public static TopKEvaluator load(String path) {
    return read().load(path);
  }

  /** Reader of evaluators that {@code save} has written. */
  public static MLReader<TopKEvaluator> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public void save(String path) throws IOException {
    write().save(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Column of lists: array of string, best first. The default is Spark's own, prediction, and not
   * items, which are what {@code Item2Vec} reads: a list that equals its user's items measures
   * nothing.
   */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** Column of relevant items: array of string. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** The metric: hitrate, precision, recall, ndcg, mrr, map or map-normalized. */
  public Param<String> metricName() {
    return metricName;
  }

  /** The cut-off. */
  public IntParam k() {
    return k;
  }

  public String getPredictionCol() {
    return getOrDefault(predictionCol);
  }

  public String getLabelCol() {
    return getOrDefault(labelCol);
  }

  public String getMetricName() {
    return getOrDefault(metricName);
  }

  public int getK() {
    return (int) getOrDefault(k);
  }

  /** Sets {@link #predictionCol()}; default prediction. */
  public TopKEvaluator setPredictionCol(String value) {
    set(predictionCol, value);
    return this;
  }

  /** Sets {@link #labelCol()}. */
  public TopKEvaluator setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /** Sets {@link #metricName()}. */
  public TopKEvaluator setMetricName(String value) {
    set(metricName, value);
    return this;
  }

  /** Sets {@link #k()}. */
  public TopKEvaluator setK(int value) {
    set(k, value);
    return this;
  }
}
