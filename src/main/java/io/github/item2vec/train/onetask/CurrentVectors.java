package io.github.item2vec.train.onetask;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.epoch.EpochTrainer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The vectors of a training that is under way, to rank with: the score of an item is (mean input
 * vector of the context) . (output vector), or what a {@link ProfileRule} makes of it; ties by
 * item. Items are numbers as the training was given them. One thread.
 */
public final class CurrentVectors {
  private final EpochTrainer trainer;
  private final int[] items;
  private final int[] indices;
  private final float[][] output;
  private final float[] profile;
  private final float[] scores;
  private final ProfileRule rule;

  /**
   * @param items number of each item with a vector, by index
   * @param indices index by number, -1 without a vector
   */
  public CurrentVectors(EpochTrainer trainer, int[] items, int[] indices) {
    this(trainer, items, indices, ProfileRule.mean(items.length));
  }

  private CurrentVectors(EpochTrainer trainer, int[] items, int[] indices, ProfileRule rule) {
    this.trainer = trainer;
    this.rule = rule;
    this.items = items;
    this.indices = indices;
    this.output =
        IntStream.range(0, items.length).mapToObj(trainer::output).toArray(float[][]::new);
    this.profile = new float[trainer.input(0).length];
    this.scores = new float[items.length];
  }

  /** The same vectors under a rule, whose tables have the items' indices. */
  public CurrentVectors under(ProfileRule other) {
    return new CurrentVectors(trainer, items, indices, other);
  }

  /** Input vector of an item that has one, padded. */
  public float[] input(int item) {
    return trainer.input(indices[item]);
  }

  /** Output vector of an item that has one, padded. */
  public float[] output(int item) {
    return trainer.output(indices[item]);
  }

  /** Whether any of the items has a vector, so that something can be ranked. */
  public boolean knowsAny(int[] context) {
    return Arrays.stream(context).anyMatch(item -> indices[item] >= 0);
  }

  /**
   * Where the wanted items stand among all that have a vector and are not left out.
   *
   * @param context one known item at least, oldest first; a repeated one counts as often as it
   *     stands there
   * @param leftOut what is not ranked; the context's own items are, unless they are among these
   * @return ranks from 1, rising; wanted items that are not among those ranked have none
   */
  public int[] ranks(int[] context, int[] leftOut, int[] wanted) {
    int[] known = Arrays.stream(context).map(item -> indices[item]).filter(i -> i >= 0).toArray();
    score(known);
    for (int item : leftOut) {
      if (indices[item] >= 0) {
        scores[indices[item]] = Float.NEGATIVE_INFINITY;
      }
    }
    return Arrays.stream(wanted)
        .distinct()
        .map(item -> indices[item])
        .filter(index -> index >= 0 && scores[index] > Float.NEGATIVE_INFINITY)
        .map(this::rank)
        .sorted()
        .toArray();
  }

  private void score(int[] known) {
    double[] shares = rule.shares(known.length);
    Arrays.fill(profile, 0);
    for (int i = 0; i < known.length; i++) {
      RowMath.best().add((float) shares[i], trainer.input(known[i]), profile);
    }
    RowMath.best().dots(profile, output, 0, output.length, scores, 0);
    double[] added = rule.additions(known);
    for (int item = 0; item < scores.length; item++) {
      scores[item] += (float) added[item];
    }
  }

  private int rank(int index) {
    float score = scores[index];
    int rank = 1;
    for (int other = 0; other < scores.length; other++) {
      if (scores[other] > score || (scores[other] == score && items[other] < items[index])) {
        rank++;
      }
    }
    return rank;
  }
}
