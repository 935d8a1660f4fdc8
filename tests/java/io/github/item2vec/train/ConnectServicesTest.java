package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.evaluate.TopKEvaluator;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.junit.jupiter.api.Test;

/**
 * Spark Connect's server makes one of each class that META-INF/services names, at its first ML
 * call; one that it cannot make fails them all.
 */
class ConnectServicesTest {
  @Test
  void theServerFindsEachClassAndCanMakeIt() {
    assertThat(made(Estimator.class)).contains(Item2Vec.class);
    assertThat(made(Transformer.class)).contains(Item2VecModel.class);
    assertThat(made(Evaluator.class)).contains(TopKEvaluator.class);
  }

  private static List<Class<?>> made(Class<?> kind) {
    return ServiceLoader.load(kind).stream()
        .<Class<?>>map(provider -> provider.get().getClass())
        .toList();
  }
}
