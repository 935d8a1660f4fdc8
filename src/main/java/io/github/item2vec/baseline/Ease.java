package io.github.item2vec.baseline;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ItemVectors;
import io.github.item2vec.recommend.ProfileRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, eq. 8): with X the
 * users x items matrix of ones and P the inverse of X'X + lambda I, item j of a context adds -P[j,
 * i] / P[i, i] to the score of item i. Driver: {@link #bytes}, time cubic in the items; the
 * executors compute X'X.
 */
public final class Ease {
  /** With more an array with an entry per pair of items would be longer than arrays may be. */
  public static final int MOST_ITEMS = 46_340;

  private static final int BYTES_PER_PAIR = 24;

  /** Lambda grows with the data; to be chosen on validation. */
  public static final List<Double> GRID = List.of(50.0, 100.0, 200.0, 400.0, 800.0);

  private final List<String> items;
  private final double[] gram;

  private Ease(List<String> items, double[] gram) {
    this.items = items;
    this.gram = gram;
  }

  /**
   * Heap of the driver that a training takes: per pair of items 8 bytes for X'X, 4 for half of the
   * inverse, 4 for the weights, and 8 for X'X as it arrives from the executors.
   */
  public static long bytes(long items) {
    return BYTES_PER_PAIR * items * items;
  }

  /**
   * Counts how often items occur together: one shuffle for the catalogue, then one pass.
   *
   * @param users rows with one array of string column of items
   * @throws IllegalArgumentException when there are more than {@value #MOST_ITEMS} items
   */
  public static Ease count(Dataset<Row> users, String itemsCol) {
    List<String> items =
        users
            .select(explode(col(itemsCol)).as("item"))
            .distinct()
            .orderBy("item")
            .limit(MOST_ITEMS + 1)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    if (items.size() > MOST_ITEMS) {
      throw new IllegalArgumentException(
          "ease: more than %,d items; its matrix of item pairs is for smaller catalogues"
              .formatted(MOST_ITEMS));
    }
    Map<String, Integer> places = new HashMap<>();
    items.forEach(item -> places.put(item, places.size()));
    Broadcast<Map<String, Integer>> columns =
        JavaSparkContext.fromSparkContext(users.sparkSession().sparkContext()).broadcast(places);
    JavaRDD<Vector> rows =
        users.select(array_distinct(col(itemsCol))).javaRDD().map(row -> ones(row, columns));
    Matrix gram = new RowMatrix(rows.rdd(), 0, items.size()).computeGramianMatrix();
    columns.destroy();
    return new Ease(items, gram.toArray());
  }

  private static Vector ones(Row row, Broadcast<Map<String, Integer>> columns) {
    Map<String, Integer> places = columns.value();
    int[] indices = row.<String>getList(0).stream().mapToInt(places::get).sorted().toArray();
    return Vectors.sparse(
        places.size(), indices, IntStream.range(0, indices.length).mapToDouble(i -> 1).toArray());
  }

  /** The same weights for contexts of which the last items count most, see {@link Recency}. */
  public static ItemVectors recent(ItemVectors vectors) {
    ItemTable none = ItemTable.empty(vectors.size());
    return vectors.under(new ProfileRule(Recency.weights(), 0, none, none));
  }

  /**
   * The weights between items.
   *
   * @param lambda L2 penalty, > 0
   * @throws ArithmeticException when lambda is too small for the matrix to have an inverse
   */
  public ItemVectors fit(double lambda) {
    int n = items.size();
    SymmetricInverse p = SymmetricInverse.of(gram, n, lambda);
    float[] weights = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          weights[j * n + i] = (float) (-p.get(i, j) / p.get(i, i));
        }
      }
    }
    return ItemVectors.ofWeights(items, weights);
  }
}
