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
 * At its first ML call Spark Connect's server lists the classes that META-INF/services names; one
 * without a public constructor that takes nothing fails that call and all others.
 */
class ConnectServicesTest {
  @Test
  void theServerFindsEachClass() {
    assertThat(listed(Estimator.class)).contains(Item2Vec.class);
    assertThat(listed(Transformer.class)).contains(Item2VecModel.class);
    assertThat(listed(Evaluator.class)).contains(TopKEvaluator.class);
  }

  private static List<Class<?>> listed(Class<?> kind) {
    return ServiceLoader.load(kind).stream().<Class<?>>map(ServiceLoader.Provider::type).toList();
  }
}
