package io.github.item2vec.bench;

import io.github.item2vec.train.Item2VecModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** What either trainer leaves: an item scores the mean context vector times its target vector. */
final class TrainedVectors {
  private final Map<String, Integer> items;
  private final double[][] contexts;
  private final double[][] targets;

  private TrainedVectors(Map<String, Integer> items, double[][] contexts, double[][] targets) {
    this.items = items;
    this.contexts = contexts;
    this.targets = targets;
  }

  static TrainedVectors of(Item2VecModel model) {
    return new TrainedVectors(
        numbered(List.of(model.items())),
        rows(model.inputVectors(), model.vectorSize()),
        rows(model.outputVectors(), model.vectorSize()));
  }

  /** MLlib keeps no output vectors: the cosine with the mean vector, as its synonyms are ranked. */
  static TrainedVectors of(Word2VecModel model) {
    List<Row> rows = model.getVectors().collectAsList();
    double[][] vectors =
        rows.stream().map(row -> row.<Vector>getAs("vector").toArray()).toArray(double[][]::new);
    double[][] targets = new double[vectors.length][];
    for (int i = 0; i < vectors.length; i++) {
      double length = Math.sqrt(dot(vectors[i], vectors[i]));
      targets[i] = vectors[i].clone();
      for (int d = 0; length > 0 && d < targets[i].length; d++) {
        targets[i][d] /= length;
      }
    }
    return new TrainedVectors(
        numbered(rows.stream().map(row -> row.<String>getAs("word")).toList()), vectors, targets);
  }

  private static Map<String, Integer> numbered(List<String> items) {
    Map<String, Integer> numbers = new HashMap<>();
    items.forEach(item -> numbers.put(item, numbers.size()));
    return numbers;
  }

  private static double[][] rows(float[] values, int size) {
    double[][] rows = new double[values.length / size][size];
    for (int i = 0; i < rows.length * size; i++) {
      rows[i / size][i % size] = values[i];
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  /** The k best items that are not in the context; none when no item of it has a vector. */
  List<String> top(List<String> context, int k) {
    List<Integer> known = context.stream().map(items::get).filter(i -> i != null).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    double[] profile = new double[contexts[0].length];
    for (int item : known) {
      for (int d = 0; d < profile.length; d++) {
        profile[d] += contexts[item][d] / known.size();
      }
    }
    double[] scores =
        IntStream.range(0, targets.length).mapToDouble(i -> dot(profile, targets[i])).toArray();
    Set<String> seen = new HashSet<>(context);
    List<String> candidates = new ArrayList<>(items.keySet());
    candidates.removeAll(seen);
    candidates.sort(
        Comparator.comparingDouble((String item) -> -scores[items.get(item)])
            .thenComparing(Comparator.naturalOrder()));
    return candidates.subList(0, Math.min(k, candidates.size()));
  }
}
