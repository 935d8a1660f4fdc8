package io.github.item2vec.baseline;

import io.github.item2vec.recommend.ItemVectors;
import java.util.List;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Spark's own {@link Word2Vec} (skip-gram with hierarchical softmax, input vectors only), scored by
 * the cosine of the mean item vector with each item. Driver only.
 */
public final class MllibWord2Vec {
  private MllibWord2Vec() {}

  /** An estimator without Spark's cut of long histories into sentences of 1,000. */
  public static Word2Vec estimator(String itemsCol) {
    return new Word2Vec()
        .setInputCol(itemsCol)
        .setOutputCol("profile")
        .setMaxSentenceLength(Integer.MAX_VALUE);
  }

  /**
   * The vectors for scoring: profile = mean input vector; target = input vector / its length, which
   * ranks by cosine since the length of the profile is the same for all items of a user.
   */
  public static ItemVectors itemVectors(Word2VecModel model) {
    List<Row> rows = model.getVectors().collectAsList();
    int size = model.getVectorSize();
    float[] contexts = new float[rows.size() * size];
    float[] targets = new float[rows.size() * size];
    for (int i = 0; i < rows.size(); i++) {
      double[] vector = rows.get(i).<Vector>getAs("vector").toArray();
      double length = length(vector);
      for (int d = 0; d < size; d++) {
        contexts[i * size + d] = (float) vector[d];
        targets[i * size + d] = length == 0 ? 0 : (float) (vector[d] / length);
      }
    }
    return new ItemVectors(
        rows.stream().map(row -> row.<String>getAs("word")).toList(), size, contexts, targets);
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
