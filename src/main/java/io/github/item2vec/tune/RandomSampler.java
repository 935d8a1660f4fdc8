package io.github.item2vec.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws each parameter on its own: numbers uniformly (with {@code log} their logarithms), a grid's
 * values and choices with equal probability, as Optuna 5.0.0's RandomSampler does.
 */
public final class RandomSampler implements Sampler {
  private final long seed;

  public RandomSampler(long seed) {
    this.seed = seed;
  }

  @Override
  public Map<String, Object> suggest(
      SearchSpace space, Direction direction, List<Trial> history, int number) {
    SplittableRandom random = Sampler.random(seed, number);
    Map<String, Object> params = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      if (parameter.isActive(params)) {
        params.put(parameter.name(), draw(parameter.dimension(), random));
      }
    }
    return params;
  }

  private static Object draw(Dimension dimension, SplittableRandom random) {
    if (dimension instanceof NumberDimension numbers) {
      double low = numbers.lowBound();
      double high = numbers.highBound();
      return numbers.external(numbers.nearest(low + (high - low) * random.nextDouble()));
    }
    return dimension.external(random.nextInt(((ChoiceDimension) dimension).choices().size()));
  }
}
