package io.github.item2vec.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.item2vec.tune.TpeSampler.Densities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TpeSamplerTest {
  private static final Offset<Double> TOLERANCE = within(1e-9);
  private static final OptunaTpe OPTUNA = new OptunaTpe();
  private static final List<Parameter> PARAMETERS = List.copyOf(OptunaTpe.SPACE.parameters());

  static Stream<JsonNode> everyLength() {
    return OPTUNA.cases();
  }

  static Stream<JsonNode> someLengths() {
    return OPTUNA.cases().filter(recorded -> recorded.has("good"));
  }

  private static TrialSplit split(JsonNode recorded) {
    Direction direction =
        recorded.get("direction").asText().equals("maximize")
            ? Direction.MAXIMIZE
            : Direction.MINIMIZE;
    return TrialSplit.of(OPTUNA.history(recorded.get("trials").asInt()), direction);
  }

  @ParameterizedTest
  @MethodSource("everyLength")
  void splitsAsOptuna(JsonNode recorded) {
    assertThat(split(recorded).below().stream().mapToDouble(Trial::number).toArray())
        .isEqualTo(OptunaTpe.doubles(recorded.get("below")));
  }

  @ParameterizedTest
  @MethodSource("everyLength")
  void scoresAsOptuna(JsonNode recorded) {
    assertScores(Densities.of(PARAMETERS, split(recorded)), recorded.get("scores"));
  }

  @ParameterizedTest
  @MethodSource("someLengths")
  void scoresEachParameterAsOptuna(JsonNode recorded) {
    for (Parameter parameter : PARAMETERS) {
      assertScores(
          Densities.of(List.of(parameter), split(recorded)),
          recorded.get("univariate").get(parameter.name()));
    }
  }

  private static void assertScores(Densities densities, JsonNode scores) {
    double best = Double.NEGATIVE_INFINITY;
    int chosen = -1;
    for (int i = 0; i < scores.get("points").size(); i++) {
      double[] point = OptunaTpe.doubles(scores.get("points").get(i));
      assertThat(densities.good().logDensity(point))
          .isCloseTo(scores.get("l").get(i).asDouble(), TOLERANCE);
      assertThat(densities.bad().logDensity(point))
          .isCloseTo(scores.get("g").get(i).asDouble(), TOLERANCE);
      double score = densities.score(point);
      if (score > best) {
        best = score;
        chosen = i;
      }
    }
    assertThat(chosen).isEqualTo(scores.get("chosen").asInt());
  }

  @ParameterizedTest
  @MethodSource("someLengths")
  void weightsMeansAndWidthsAreOptunas(JsonNode recorded) {
    Densities densities = Densities.of(PARAMETERS, split(recorded));
    assertEstimator(densities.good(), recorded.get("good"));
    assertEstimator(densities.bad(), recorded.get("bad"));
  }

  private static void assertEstimator(ParzenEstimator estimator, JsonNode recorded) {
    assertThat(estimator.weights())
        .containsExactly(OptunaTpe.doubles(recorded.get("weights")), TOLERANCE);
    for (int d = 0; d < PARAMETERS.size(); d++) {
      JsonNode kernels = recorded.get("kernels").get(PARAMETERS.get(d).name());
      for (int kernel = 0; kernel < estimator.weights().length; kernel++) {
        if (estimator.kernels(d) instanceof NormalKernels normal) {
          assertThat(normal.mean(kernel))
              .isCloseTo(kernels.get("means").get(kernel).asDouble(), TOLERANCE);
          assertThat(normal.width(kernel))
              .isCloseTo(kernels.get("widths").get(kernel).asDouble(), TOLERANCE);
        } else {
          ChoiceKernels choices = (ChoiceKernels) estimator.kernels(d);
          double[] expected = OptunaTpe.doubles(kernels.get("probabilities").get(kernel));
          for (int choice = 0; choice < expected.length; choice++) {
            assertThat(choices.probability(kernel, choice)).isCloseTo(expected[choice], TOLERANCE);
          }
        }
      }
    }
  }

  @Test
  void drawsByOptunasQuantiles() {
    for (JsonNode row : OPTUNA.quantiles()) {
      double[] r = OptunaTpe.doubles(row);
      assertThat(TruncatedNormal.quantile(r[0], r[1], r[2]))
          .as("quantile %s", row)
          .isCloseTo(r[3], within(1e-9 * Math.max(1, Math.abs(r[3]))));
    }
  }

  @Test
  void aSuggestionDependsOnSeedHistoryAndNumberAlone() {
    List<Trial> history = OPTUNA.history(40);
    for (TpeSampler.Kind kind : TpeSampler.Kind.values()) {
      Map<String, Object> suggested = suggest(new TpeSampler(7, kind), history, 40);
      TpeSampler used = new TpeSampler(7, kind);
      suggest(used, history, 12);
      assertThat(suggest(used, history, 40)).isEqualTo(suggested);
      assertThat(suggest(used, history, 41)).isNotEqualTo(suggested);
      assertThat(suggest(new TpeSampler(8, kind), history, 40)).isNotEqualTo(suggested);
      assertThat(suggest(used, history.subList(0, 20), 40)).isNotEqualTo(suggested);
    }
  }

  private static Map<String, Object> suggest(Sampler sampler, List<Trial> history, int number) {
    return sampler.suggest(OptunaTpe.SPACE, Direction.MAXIMIZE, history, number);
  }

  @Test
  void suggestionsAreInTheSpace() {
    for (int number = 0; number < 200; number++) {
      for (Sampler sampler :
          List.of(new RandomSampler(3), new TpeSampler(3, TpeSampler.Kind.MULTIVARIATE))) {
        Map<String, Object> params = suggest(sampler, OPTUNA.history(number), number);
        assertThat(params.keySet()).containsExactlyElementsOf(OptunaTpe.SPACE.names());
        params.forEach(
            (name, value) ->
                assertThat(OptunaTpe.SPACE.dimension(name).contains(value))
                    .as("%s = %s", name, value)
                    .isTrue());
      }
    }
  }

  @Test
  void learnsWhereTheGoodValuesAre() {
    List<Trial> history = new ArrayList<>(OPTUNA.history(200));
    history.replaceAll(
        trial ->
            Trial.running(trial.number(), trial.params(), Map.of(), trial.start())
                .told(TrialResult.complete(-distance(trial.params()), Map.of()), trial.start()));
    double mean =
        IntStream.range(0, 50)
            .mapToDouble(
                n ->
                    distance(
                        suggest(new TpeSampler(n, TpeSampler.Kind.MULTIVARIATE), history, 200)))
            .average()
            .orElseThrow();
    double random = history.stream().mapToDouble(t -> distance(t.params())).average().orElseThrow();
    assertThat(mean).isLessThan(random / 3);
  }

  private static double distance(Map<String, Object> params) {
    double x = ((Number) params.get("d_float")).doubleValue() - 1;
    double y = ((Number) params.get("a_int")).doubleValue() - 4;
    return x * x + y * y / 9 + (params.get("g_choice").equals("basket") ? 0 : 1);
  }
}
