package io.github.item2vec.tune;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Suggests the parameters of a trial. A suggestion is a function of the sampler's settings and
 * seed, the trial's number and the trials before it alone, so a study that is taken up again
 * continues as if it had never stopped.
 */
public interface Sampler {
  /**
   * Values for all parameters that are active.
   *
   * @param history the trials so far in the order of their numbers, those running among them
   * @param number of the trial that is asked for
   */
  Map<String, Object> suggest(
      SearchSpace space, Direction direction, List<Trial> history, int number);

  /** The random numbers of one trial. */
  static SplittableRandom random(long seed, int number) {
    return new SplittableRandom(
        new SplittableRandom(seed).nextLong() + new SplittableRandom(number).nextLong());
  }
}
