package io.github.item2vec.train.basket;

import io.github.item2vec.math.BatchMath;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.Workers;
import io.github.item2vec.train.history.HistoryModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * The basket model in the memory of one task: the mean of some of a sequence's items, whatever
 * their order, predicts the others. In each epoch every item is left out of its basket's context
 * with probability {@code inputDropout}; the items left out are the targets (a denoising linear
 * autoencoder with a multinomial likelihood: Liang et al. 2018, "Variational Autoencoders for
 * Collaborative Filtering", section 2.2, with one linear layer on each side). The context's own
 * items are targets of weight {@code contextWeight} (Steck 2020, "Autoencoders that don't overfit
 * towards the Identity", section 3: emphasis on the items dropped), and values of the mean are
 * dropped with probability {@code hiddenDropout} (Srivastava et al. 2014, "Dropout", section 4), so
 * that no value relies on another. One context serves all targets of a basket: O(vectorSize) a
 * target, besides the scores of the candidates.
 *
 * <p>Batches of baskets take one step of Adam together, see {@link BatchStep}; the result does not
 * depend on the number of threads. With the full softmax each step moves all rows, with drawn
 * candidates those that the batch touches.
 */
public final class BasketTrainer implements EpochTrainer {
  /** Chosen on validation data together with Adam's step size; 256 needs more epochs. */
  private static final int BATCH = BatchMath.BASKETS;

  private final TrainingSettings settings;
  private final HistoryModel history;
  private final Adam input;
  private final Adam output;
  private final IdleSteps idle;
  private final ItemDraws draws;
  private final Loss kind;
  private final BatchStep step;
  private final Workers workers;
  private final List<Basket> slots = new ArrayList<>();

  /**
   * @param counts of each item, by index; >= 1
   * @param sequences item indices; reordered in place; a repeated item counts once
   */
  public BasketTrainer(TrainingSettings settings, long[] counts, int[][] sequences, int threads) {
    this.settings = settings;
    SequenceOrder.arrange(sequences, settings.seed());
    int[][] baskets =
        Arrays.stream(sequences)
            .map(s -> Arrays.stream(s).distinct().toArray())
            .filter(basket -> basket.length > 1)
            .toArray(int[][]::new);
    int padded = RowMath.padded(settings.vectorSize());
    this.history =
        new HistoryModel(baskets, counts.length, settings.maxIter(), settings.seed(), padded);
    this.input = new Adam(initialVectors(counts.length, padded, -1), settings.regParam());
    this.output = new Adam(initialVectors(counts.length, padded, -2), settings.regParam());
    this.idle = new IdleSteps(input);
    this.draws = ItemDraws.of(counts, settings.nsExponent());
    this.kind = settings.loss().resolved(counts.length);
    this.workers = new Workers(threads);
    int most = kind == Loss.SOFTMAX ? counts.length : settings.negative();
    this.step = new BatchStep(kind, settings.negative(), most, padded, workers);
    for (int i = 0; i < BATCH; i++) {
      slots.add(new Basket(padded, settings.contextWeight()));
    }
  }

  private float[][] initialVectors(int items, int padded, int side) {
    float[][] vectors = new float[items][padded];
    for (int item = 0; item < items; item++) {
      BasketSteps.fill(settings, side, item, vectors[item]);
    }
    return vectors;
  }

  @Override
  public double trainEpoch(int epoch, LongConsumer itemsTrained) {
    history.before(epoch, input.rows(), output.rows(), workers);
    int[][] baskets = history.sequences(epoch);
    int[] order = SequenceOrder.permutation(baskets.length, settings.seed(epoch));
    double sum = 0;
    double weight = 0;
    for (int from = 0; from < order.length; from += BATCH) {
      int to = Math.min(order.length, from + BATCH);
      List<Basket> batch = slots.subList(0, to - from);
      SplittableRandom random = new SplittableRandom(settings.seed(epoch, from));
      long items = 0;
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).deal(baskets[order[from + i]], settings.inputDropout(), random);
        if (settings.hiddenDropout() > 0) {
          batch.get(i).dropHidden(settings.hiddenDropout(), random);
        }
        weight += batch.get(i).weight();
        items += batch.get(i).items.length;
      }
      sum += trainBatch(batch, candidates(random), epoch, from);
      itemsTrained.accept(items);
    }
    idle.finish(workers);
    return weight == 0 ? 0 : sum / weight;
  }

  private Candidates candidates(SplittableRandom random) {
    return kind == Loss.SOFTMAX
        ? Candidates.all(output.rows())
        : Candidates.draw(
            settings.negative(), draws.sampler(), draws.probabilities(), output.rows(), random);
  }

  private double trainBatch(List<Basket> batch, Candidates candidates, int epoch, int from) {
    long steps = batchesBefore(epoch) + from / BATCH + 1;
    double progress = (steps - 1) / (double) batchesBefore(settings.maxIter());
    float stepSize = Adam.corrected(settings.stepSize(progress), steps);
    RowUpdate inputs = (row, gradient, at) -> input.update(row, gradient, at, stepSize);
    if (candidates.all()) {
      idle.begin(stepSize);
      inputs = idle;
    }
    return step.run(
        batch,
        candidates,
        1f / batch.size(),
        input.rows(),
        output.rows(),
        inputs,
        (row, gradient, at) -> output.update(row, gradient, at, stepSize));
  }

  private long batchesBefore(int epoch) {
    int early = Math.min(epoch, history.joinEpoch());
    return (long) early * batches(0) + (long) (epoch - early) * batches(history.joinEpoch());
  }

  private int batches(int epoch) {
    return (history.sequences(epoch).length + BATCH - 1) / BATCH;
  }

  @Override
  public double stepSize(int epoch) {
    return settings.stepSize((epoch + 1.0) / settings.maxIter());
  }

  @Override
  public float[] input(int item) {
    return input.rows()[item];
  }

  @Override
  public float[] output(int item) {
    return output.rows()[item];
  }

  @Override
  public List<float[][]> state() {
    return List.of(
        input.rows(),
        output.rows(),
        input.first(),
        input.second(),
        output.first(),
        output.second(),
        history.state());
  }

  @Override
  public ProfileRule rule() {
    return history.rule(input.rows(), output.rows(), workers);
  }

  @Override
  public void close() {
    workers.close();
  }
}
