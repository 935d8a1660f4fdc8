package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.onetask.CurrentVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryTrainingTest extends SparkTest {
  private static final int ITEMS = 40;
  private static final int[][] SEQUENCES = sequences();

  private static int[][] sequences() {
    SplittableRandom random = new SplittableRandom(11);
    return IntStream.range(0, 120)
        .mapToObj(
            user ->
                random
                    .ints(random.nextInt(1, 25), 0, ITEMS)
                    .map(item -> item * item / ITEMS)
                    .toArray())
        .toArray(int[][]::new);
  }

  /** In the order of the numbers. */
  private static String id(int item) {
    return "item %03d".formatted(item);
  }

  private static Item2Vec estimator(Architecture architecture) {
    return new Item2Vec()
        .setArchitecture(architecture.label())
        .setVectorSize(6)
        .setMinCount(3)
        .setMaxIter(4);
  }

  @ParameterizedTest
  @EnumSource
  void givesTheVectorsOfFit(Architecture architecture) {
    Dataset<Row> rows =
        spark
            .createDataset(
                Arrays.stream(SEQUENCES)
                    .map(
                        s ->
                            Arrays.stream(s)
                                .mapToObj(InMemoryTrainingTest::id)
                                .toArray(String[]::new))
                    .toList(),
                Encoders.javaSerialization(String[].class))
            .map(
                (org.apache.spark.api.java.function.MapFunction<String[], String>)
                    s -> String.join(",", s),
                Encoders.STRING())
            .selectExpr("split(value, ',') as items");
    Item2VecModel model = estimator(architecture).fit(rows);
    List<Integer> epochs = new ArrayList<>();

    boolean same =
        new InMemoryTraining(estimator(architecture))
            .train(
                SEQUENCES,
                ITEMS,
                2,
                (epoch, all, vectors) -> epochs.add(epoch),
                vectors -> {
                  for (int i = 0; i < model.items().length; i++) {
                    int item = Integer.parseInt(model.items()[i].substring(5));
                    assertThat(Arrays.copyOf(vectors.input(item), 6))
                        .isEqualTo(Arrays.copyOfRange(model.inputVectors(), 6 * i, 6 * i + 6));
                    assertThat(Arrays.copyOf(vectors.output(item), 6))
                        .isEqualTo(Arrays.copyOfRange(model.outputVectors(), 6 * i, 6 * i + 6));
                  }
                  return true;
                });

    assertThat(same).isTrue();
    assertThat(epochs).containsExactly(1, 2, 3, 4);
  }

  @Test
  void ranksAsAFullSort() {
    new InMemoryTraining(estimator(Architecture.SKIP_GRAM).setMinCount(0))
        .train(
            SEQUENCES,
            ITEMS,
            1,
            (epoch, all, vectors) -> true,
            vectors -> {
              for (int[] context : Arrays.copyOf(SEQUENCES, 30)) {
                int[] wanted = {3, 7, 3, 12, 39};
                assertThat(vectors.ranks(context, context, wanted))
                    .isEqualTo(literalRanks(vectors, context, wanted));
              }
              return null;
            });
  }

  private static int[] literalRanks(CurrentVectors vectors, int[] context, int[] wanted) {
    double[] profile = new double[6];
    for (int item : context) {
      for (int d = 0; d < 6; d++) {
        profile[d] += vectors.input(item)[d] / context.length;
      }
    }
    List<Integer> ranked =
        Arrays.stream(SEQUENCES)
            .flatMapToInt(Arrays::stream)
            .distinct()
            .filter(item -> Arrays.stream(context).noneMatch(seen -> seen == item))
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(
                        item -> {
                          double score = 0;
                          for (int d = 0; d < 6; d++) {
                            score -= profile[d] * vectors.output(item)[d];
                          }
                          return score;
                        })
                    .thenComparing(item -> item))
            .toList();
    return Arrays.stream(wanted)
        .distinct()
        .filter(ranked::contains)
        .map(item -> ranked.indexOf(item) + 1)
        .sorted()
        .toArray();
  }

  @Test
  void stopsWhenItIsTold() {
    List<Integer> epochs = new ArrayList<>();
    new InMemoryTraining(estimator(Architecture.CBOW))
        .train(
            SEQUENCES,
            ITEMS,
            1,
            (epoch, all, vectors) -> {
              epochs.add(epoch);
              return epoch < 2;
            },
            vectors -> null);
    assertThat(epochs).containsExactly(1, 2);
  }

  @Test
  void anEmptyVocabularyIsAnError() {
    InMemoryTraining training =
        new InMemoryTraining(estimator(Architecture.CBOW).setMinCount(10_000));
    assertThatThrownBy(
            () -> training.train(SEQUENCES, ITEMS, 1, (epoch, epochs, v) -> true, vectors -> null))
        .hasMessageStartingWith("no item occurs minCount = 10000 times");
  }
}
