package io.github.item2vec.train.window;

import io.github.item2vec.math.IntList;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.epoch.TrainingSteps;
import java.util.SplittableRandom;

/**
 * Skip-gram or CBOW as arithmetic on pieces that share nothing: windows of a slice are laid, a
 * block is trained. Each piece has random numbers of its own, named by its place in the training,
 * so it gives the same bytes wherever and whenever it is computed. Knows no Spark.
 *
 * <p>Items are dealt out to P parts ({@link Parts}); the windows of a chunk are sorted into P x P
 * blocks, which are trained in P rounds of P blocks that share no row (stratified gradient descent:
 * Gemulla et al. 2011, "Large-Scale Matrix Factorization with Distributed Stochastic Gradient
 * Descent", section 4). CBOW's contexts reach across parts: it has P = 1.
 */
public final class WindowSteps implements TrainingSteps {
  private static final long serialVersionUID = 1L;

  private final TrainingSettings settings;
  private final Slots slots;
  private final Parts parts;
  private final Subsampler subsampler;
  private final PartNegatives negatives;

  /**
   * @param counts of each item, by index; >= 1
   */
  public WindowSteps(TrainingSettings settings, Slots slots, long[] counts) {
    this.settings = settings;
    this.slots = slots;
    this.parts = settings.parts(counts.length);
    this.subsampler = new Subsampler(counts, settings.sample());
    this.negatives =
        new PartNegatives(
            parts, counts, subsampler.kept(counts), settings.negative(), settings.nsExponent());
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

  /** The output part of a round's block; in P rounds each context part meets each once. */
  public int targetPart(int contextPart, int round) {
    return (contextPart + round) % parts.count();
  }

  public WindowGroups noWindows() {
    return new WindowGroups(parts, settings.windowSize(), settings.shrinkWindows());
  }

  /**
   * Adds the windows of a sequence.
   *
   * @param repeat tells equal sequences apart: each draws numbers of its own
   */
  public void layWindows(int epoch, Sequence sequence, int repeat, WindowGroups groups) {
    SplittableRandom random = new SplittableRandom(settings.seed(epoch, sequence.hash(), repeat));
    groups.add(subsampler.filter(sequence.items(), random), random);
  }

  /**
   * Trains one block in place, with scratch arrays of its own: allocated by the thread that uses
   * them, they share no cache line with another's.
   *
   * @param input rows of the context part, padded
   * @param output rows of the target part, padded
   * @param windows of the block, by slice
   * @return the sum of the losses, in nats
   */
  public double trainBlock(
      BlockId id, float[][] input, float[][] output, Iterable<IntList> windows) {
    Block block = negatives.block(input, output, id.targetPart());
    SplittableRandom random =
        new SplittableRandom(
            settings.seed(
                id.epoch(), id.chunk(), (long) id.contextPart() * parts.count() + id.targetPart()));
    float stepSize = (float) stepSize(id.epoch(), id.chunk() / (double) slots.chunks());
    BlockKernel kernel =
        BlockKernel.of(settings.architecture(), RowMath.padded(settings.vectorSize()));
    double loss = 0;
    for (IntList slice : windows) {
      loss += kernel.train(block, slice, stepSize, random);
    }
    return loss;
  }

  /**
   * Step size within an epoch.
   *
   * @param fraction of the epoch that is done
   */
  public double stepSize(int epoch, double fraction) {
    return settings.stepSize((epoch + fraction) / settings.maxIter());
  }

  /** Names a block. */
  public record BlockId(int epoch, int chunk, int contextPart, int targetPart) {}
}
