package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Skip-gram or CBOW in the memory of one task. Knows no Spark.
 *
 * <p>Items are dealt out to P parts ({@link Parts}). An epoch goes through the sequences in chunks;
 * the windows of a chunk are sorted into P x P blocks, which are trained in P rounds of P blocks
 * that share no row (stratified gradient descent: Gemulla et al. 2011, "Large-Scale Matrix
 * Factorization with Distributed Stochastic Gradient Descent", section 4). Each block has random
 * numbers of its own, so the result depends on the multiset of sequences, the settings and P, not
 * on the number of threads. CBOW's contexts reach across parts: it has P = 1.
 */
final class WindowTrainer implements EpochTrainer {
  /** Items of a chunk: enough to keep threads busy between two barriers, few enough to mix. */
  private static final int CHUNK_ITEMS = 16_384;

  private final TrainingSettings settings;
  private final int[][] sequences;
  private final long itemsPerEpoch;
  private final Parts parts;
  private final Subsampler subsampler;
  private final PartSamplers samplers;
  private final float[][][] input;
  private final float[][][] output;
  private final Workers workers;
  private final WindowGroups[] slices;
  private final BlockKernel[] kernels;
  private final double[] losses;

  /**
   * @param counts of each item, by index; >= 1
   * @param sequences item indices; reordered in place
   */
  WindowTrainer(TrainingSettings settings, long[] counts, int[][] sequences, int threads) {
    this.settings = settings;
    this.sequences = sequences;
    this.itemsPerEpoch = Arrays.stream(sequences).mapToLong(s -> s.length).sum();
    this.parts = settings.parts(counts.length);
    this.subsampler = new Subsampler(counts, settings.sample());
    this.samplers =
        new PartSamplers(
            parts, counts, subsampler.kept(counts), settings.negative(), settings.nsExponent());
    this.input = InitialVectors.input(parts, settings);
    this.output = InitialVectors.zeros(parts, settings);
    this.workers = new Workers(threads);
    int padded = RowMath.padded(settings.vectorSize());
    this.slices = new WindowGroups[parts.count()];
    Arrays.setAll(slices, i -> WindowGroups.of(parts, settings));
    this.kernels = new BlockKernel[parts.count()];
    Arrays.setAll(kernels, i -> BlockKernel.of(settings.architecture(), padded));
    this.losses = new double[parts.count()];
    SequenceOrder.arrange(sequences, settings.seed());
  }

  @Override
  public double trainEpoch(int epoch, LongConsumer itemsTrained) {
    double loss = 0;
    long pairs = 0;
    long done = 0;
    int from = 0;
    while (from < sequences.length) {
      int to = from;
      long chunk = 0;
      while (to < sequences.length && chunk < CHUNK_ITEMS) {
        chunk += sequences[to++].length;
      }
      pairs += layWindows(epoch, from, to);
      loss += trainBlocks(epoch, from, (float) stepSize(epoch, done / (double) itemsPerEpoch));
      done += chunk;
      itemsTrained.accept(chunk);
      from = to;
    }
    return pairs == 0 ? 0 : loss / pairs;
  }

  /** The windows of a chunk; each slice of it is laid by one thread. Returns the pairs. */
  private long layWindows(int epoch, int from, int to) {
    int length = to - from;
    workers.run(
        slices.length,
        slice -> {
          WindowGroups groups = slices[slice];
          groups.clear();
          int begin = from + (int) ((long) length * slice / slices.length);
          int end = from + (int) ((long) length * (slice + 1) / slices.length);
          for (int s = begin; s < end; s++) {
            SplittableRandom random = new SplittableRandom(settings.seed(epoch, s));
            groups.add(subsampler.filter(sequences[s], random), random);
          }
        });
    return Arrays.stream(slices).mapToLong(WindowGroups::pairs).sum();
  }

  /** Returns the sum of the losses, added in the order of the blocks. */
  private double trainBlocks(int epoch, int chunk, float stepSize) {
    double loss = 0;
    for (int round = 0; round < parts.count(); round++) {
      int shift = round;
      workers.run(
          parts.count(), part -> losses[part] = trainBlock(epoch, chunk, part, shift, stepSize));
      loss += Arrays.stream(losses).sum();
    }
    return loss;
  }

  private double trainBlock(int epoch, int chunk, int part, int shift, float stepSize) {
    int target = (part + shift) % parts.count();
    Block block = samplers.block(input[part], output[target], target);
    SplittableRandom random =
        new SplittableRandom(settings.seed(epoch, chunk, part * parts.count() + target));
    double loss = 0;
    for (WindowGroups slice : slices) {
      loss += kernels[part].train(block, slice.of(part, target), stepSize, random);
    }
    return loss;
  }

  private double stepSize(int epoch, double fraction) {
    return settings.stepSize((epoch + fraction) / settings.maxIter());
  }

  @Override
  public double stepSize(int epoch) {
    return stepSize(epoch, 1);
  }

  @Override
  public float[] input(int item) {
    return input[parts.part(item)][parts.row(item)];
  }

  @Override
  public float[] output(int item) {
    return output[parts.part(item)][parts.row(item)];
  }

  @Override
  public List<float[][]> state() {
    return IntStream.range(0, 2 * parts.count())
        .mapToObj(i -> i < parts.count() ? input[i] : output[i - parts.count()])
        .toList();
  }

  @Override
  public void close() {
    workers.close();
  }
}
