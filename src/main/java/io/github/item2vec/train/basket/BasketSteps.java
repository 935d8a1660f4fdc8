package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.train.epoch.InitialVectors;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.TrainingSteps;

/**
 * The basket model as arithmetic on pieces that share nothing. A chunk of baskets takes one step of
 * Adam together: its slices compute gradients with the vectors as they were before the chunk, the
 * parts of the items add these up in the order of the slices and move their rows. Each slice has
 * random numbers of its own, named by its place in the training, and nothing depends on the number
 * of parts: the same bytes with one part and with a thousand. Knows no Spark.
 */
public final class BasketSteps implements TrainingSteps {
  private static final long serialVersionUID = 1L;

  /** Expected length of an initial vector, as the root of its mean square. */
  private static final double INITIAL_LENGTH = 0.1;

  private final TrainingSettings settings;
  private final Slots slots;
  private final Parts parts;
  private final Loss loss;
  private final ItemDraws draws;

  /**
   * @param counts of each item, by index; >= 1
   */
  public BasketSteps(TrainingSettings settings, Slots slots, Parts parts, long[] counts) {
    this.settings = settings;
    this.slots = slots;
    this.parts = parts;
    this.loss = settings.loss().resolved(counts.length);
    this.draws = ItemDraws.of(counts, settings.nsExponent());
  }

  @Override
  public TrainingSettings settings() {
    return settings;
  }

  @Override
  public Slots slots() {
    return slots;
  }

  @Override
  public Parts parts() {
    return parts;
  }

  Loss loss() {
    return loss;
  }

  ItemDraws draws() {
    return draws;
  }

  /** Whether a step moves all rows: so it does with the full softmax. */
  public boolean movesAll() {
    return loss == Loss.SOFTMAX;
  }

  /** Both sides of one part before the first epoch. */
  public PartVectors initial(int part) {
    PartVectors vectors = PartVectors.zeros(this, part);
    for (int row = 0; row < parts.rows(part); row++) {
      fill(settings, -1, parts.item(part, row), vectors.input()[row]);
      fill(settings, -2, parts.item(part, row), vectors.output()[row]);
    }
    return vectors;
  }

  /** The initial vector of an item: each has random numbers of its own. */
  static void fill(TrainingSettings settings, int side, int item, float[] vector) {
    double bound = INITIAL_LENGTH * Math.sqrt(3.0 / settings.vectorSize());
    InitialVectors.fill(vector, settings.vectorSize(), settings.seed(side, item), u -> u * bound);
  }

  /**
   * A slice's share of a chunk.
   *
   * @param baskets of the slice, of distinct items, two at least, in an order that depends on them
   *     alone
   */
  public Share share(int epoch, int chunk, int slice, int[][] baskets) {
    return new Share(this, epoch, slots.slot(chunk, slice), baskets);
  }

  /**
   * Step size of a chunk, with Adam's correction for moments that start at 0.
   *
   * @param baskets of the chunk
   */
  public float stepSize(int epoch, int chunk, long baskets) {
    long step = (long) epoch * slots.chunks() + chunk + 1;
    double progress = (step - 1) / ((double) slots.chunks() * settings.maxIter());
    return Adam.corrected(settings.stepSize(progress) * growth(baskets), step);
  }

  /** Steps of Adam on 64 baskets that a row would take in a chunk go together, as their root. */
  private static double growth(long baskets) {
    return Math.sqrt(Math.max(1, Math.min(Slots.VISITS, baskets / (double) BatchMath.BASKETS)));
  }
}
