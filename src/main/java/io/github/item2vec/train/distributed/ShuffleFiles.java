package io.github.item2vec.train.distributed;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The shuffles of a training, whose files are removed as soon as later ones hold the vectors, as
 * Spark's ALS does; if an executor is lost, Spark computes them again. The one class that touches
 * Spark's cleaner. Driver only.
 */
final class ShuffleFiles {
  private final JavaSparkContext spark;
  private final List<Integer> shuffles = new ArrayList<>();

  ShuffleFiles(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** The values of a pair RDD that {@code partitionBy} has just made; remembers its shuffle. */
  <T> JavaRDD<T> used(JavaPairRDD<?, T> shuffled) {
    if (shuffled.rdd().dependencies().head() instanceof ShuffleDependency<?, ?, ?> dependency) {
      shuffles.add(dependency.shuffleId());
    }
    return shuffled.values();
  }

  /** Removes all but the newest. */
  void keepLast(int count) {
    remove(shuffles.subList(0, Math.max(0, shuffles.size() - count)));
  }

  void keepNone() {
    remove(shuffles);
  }

  private void remove(List<Integer> finished) {
    if (spark.sc().cleaner().isDefined()) {
      finished.forEach(id -> spark.sc().cleaner().get().doCleanupShuffle(id, false));
    }
    finished.clear();
  }
}
