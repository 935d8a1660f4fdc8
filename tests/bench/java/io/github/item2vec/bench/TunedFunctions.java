package io.github.item2vec.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.tune.Direction;
import io.github.item2vec.tune.JournalFile;
import io.github.item2vec.tune.JournalStorage;
import io.github.item2vec.tune.NumberDimension;
import io.github.item2vec.tune.Parameter;
import io.github.item2vec.tune.Pruner;
import io.github.item2vec.tune.RandomSampler;
import io.github.item2vec.tune.Sampler;
import io.github.item2vec.tune.SearchSpace;
import io.github.item2vec.tune.Study;
import io.github.item2vec.tune.StudyRun;
import io.github.item2vec.tune.TpeSampler;
import io.github.item2vec.tune.TrialResult;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Minimises standard functions and prints a JSON line for each study. Arguments: a JSON file (for
 * each function its bounds and constants, see tune.py), trials, seeds, trials in flight.
 */
public final class TunedFunctions {
  private TunedFunctions() {}

  public static void main(String[] args) throws IOException {
    JsonNode functions = new ObjectMapper().readTree(new File(args[0]));
    int trials = Integer.parseInt(args[1]);
    int seeds = Integer.parseInt(args[2]);
    int inFlight = Integer.parseInt(args[3]);
    for (Map.Entry<String, JsonNode> function : functions.properties()) {
      for (int seed = 0; seed < seeds; seed++) {
        for (boolean random : new boolean[] {false, true}) {
          Sampler sampler =
              random ? new RandomSampler(seed) : new TpeSampler(seed, TpeSampler.Kind.MULTIVARIATE);
          long start = System.nanoTime();
          double best = minimum(function.getKey(), function.getValue(), sampler, trials, inFlight);
          System.out.printf(
              "{\"function\":\"%s\",\"sampler\":\"%s\",\"seed\":%d,\"best\":%s,\"seconds\":%s}%n",
              function.getKey(),
              random ? "random" : "tpe",
              seed,
              best,
              (System.nanoTime() - start) / 1e9);
        }
      }
    }
  }

  private static double minimum(
      String function, JsonNode spec, Sampler sampler, int trials, int inFlight) {
    JsonNode bounds = spec.get("bounds");
    SearchSpace space =
        new SearchSpace(
            IntStream.range(0, bounds.size())
                .mapToObj(
                    d ->
                        Parameter.of(
                            "x" + d,
                            NumberDimension.real(
                                bounds.get(d).get(0).asDouble(), bounds.get(d).get(1).asDouble())))
                .toList());
    Study study =
        Study.open(
            function,
            space,
            Direction.MINIMIZE,
            sampler,
            new JournalStorage(new Nowhere(), space),
            Map.of());
    new StudyRun(study, Pruner.none(), inFlight)
        .run(
            (trial, rule) -> {
              double[] x = trial.params().values().stream().mapToDouble(v -> (double) v).toArray();
              return TrialResult.complete(value(function, x, spec), Map.of());
            },
            Study::ask,
            trials,
            Duration.ZERO,
            1,
            trial -> {});
    return study.best().orElseThrow().value().orElseThrow();
  }

  private static double value(String function, double[] x, JsonNode spec) {
    return switch (function) {
      case "sphere" -> IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).sum();
      case "rosenbrock" ->
          IntStream.range(0, x.length - 1)
              .mapToDouble(i -> 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2))
              .sum();
      case "branin" ->
          Math.pow(x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6, 2)
              + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0])
              + 10;
      case "ackley" -> ackley(x);
      case "hartmann6" -> hartmann(x, spec.get("alpha"), spec.get("a"), spec.get("p"));
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static double ackley(double[] x) {
    double squares = IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).average().orElse(0);
    double cosines =
        IntStream.range(0, x.length)
            .mapToDouble(i -> Math.cos(2 * Math.PI * x[i]))
            .average()
            .orElse(0);
    return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(cosines) + 20 + Math.E;
  }

  private static double hartmann(double[] x, JsonNode alpha, JsonNode a, JsonNode p) {
    double sum = 0;
    for (int i = 0; i < alpha.size(); i++) {
      double inner = 0;
      for (int j = 0; j < x.length; j++) {
        inner += a.get(i).get(j).asDouble() * Math.pow(x[j] - p.get(i).get(j).asDouble(), 2);
      }
      sum -= alpha.get(i).asDouble() * Math.exp(-inner);
    }
    return sum;
  }

  /** These studies need no journal. */
  private static final class Nowhere implements JournalFile {
    @Override
    public byte[] read() {
      return new byte[0];
    }

    @Override
    public void append(byte[] bytes) {}

    @Override
    public void truncate(long length) {}

    @Override
    public void close() {}
  }
}
