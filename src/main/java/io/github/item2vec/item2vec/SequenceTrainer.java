package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * One training on one thread, start to end, over sequences of item indices. Knows no Spark. The
 * result depends on the multiset of sequences and the settings alone: sequences are first put in an
 * order of their own, then shuffled by the seed. Initial vectors, windows and the falling step size
 * are gensim 4.4.0's ({@code word2vec_inner.pyx}), the random numbers our own.
 */
final class SequenceTrainer {
  private final TrainingSettings settings;
  private final int[][] sequences;
  private final long totalItems;
  private final Subsampler subsampler;
  private final float[][] input;
  private final float[][] output;
  private final NegativeSamplingKernel kernel;

  /**
   * @param counts of each item, by index; >= 1
   * @param sequences item indices; reordered in place
   */
  SequenceTrainer(TrainingSettings settings, long[] counts, int[][] sequences) {
    this.settings = settings;
    this.sequences = sequences;
    this.totalItems = Arrays.stream(sequences).mapToLong(s -> s.length).sum();
    this.subsampler = new Subsampler(counts, settings.sample());
    SplittableRandom random = new SplittableRandom(settings.seed());
    this.input = initialVectors(counts.length, random);
    this.output = new float[counts.length][settings.vectorSize()];
    this.kernel =
        new NegativeSamplingKernel(
            input, output, settings.negative(), new NegativeSampler(counts, settings.nsExponent()));
    Arrays.sort(sequences, Arrays::compare);
    shuffle(random);
  }

  /**
   * Trains all epochs.
   *
   * @param itemsTrained told the number of items after each sequence
   * @throws ArithmeticException when an epoch leaves a value that is no finite number; names epoch
   *     and step size
   */
  void train(LongConsumer itemsTrained) {
    SplittableRandom random = new SplittableRandom(~settings.seed());
    int longest = Arrays.stream(sequences).mapToInt(s -> s.length).max().orElse(0);
    int[] kept = new int[longest];
    long done = 0;
    for (int epoch = 0; epoch < settings.maxIter(); epoch++) {
      for (int[] sequence : sequences) {
        int length = subsampler.filter(sequence, kept, random);
        trainSequence(kept, length, stepSize(done), random);
        done += sequence.length;
        itemsTrained.accept(sequence.length);
      }
      requireFinite(epoch, stepSize(done));
    }
  }

  float[] input(int item) {
    return input[item];
  }

  float[] output(int item) {
    return output[item];
  }

  /** Falls linearly with the share of the whole work that is done. */
  private float stepSize(long done) {
    double progress = done / ((double) totalItems * settings.maxIter());
    return (float)
        (settings.stepSize() - (settings.stepSize() - settings.minStepSize()) * progress);
  }

  private void trainSequence(int[] items, int length, float stepSize, SplittableRandom random) {
    for (int target = 0; target < length; target++) {
      int shrink = settings.shrinkWindows() ? random.nextInt(settings.windowSize()) : 0;
      int radius = settings.windowSize() - shrink;
      int from = Math.max(0, target - radius);
      int to = (int) Math.min(length, (long) target + radius + 1);
      if (settings.architecture() == Architecture.CBOW) {
        if (to - from > 1) {
          kernel.cbow(items, from, to, target, stepSize, random);
        }
      } else {
        for (int context = from; context < to; context++) {
          if (context != target) {
            kernel.skipGram(items[context], items[target], stepSize, random);
          }
        }
      }
    }
  }

  /** Uniform in [-1, 1) / vectorSize. */
  private float[][] initialVectors(int items, SplittableRandom random) {
    int size = settings.vectorSize();
    float[][] vectors = new float[items][size];
    for (float[] vector : vectors) {
      for (int d = 0; d < size; d++) {
        vector[d] = (float) ((random.nextDouble() * 2 - 1) / size);
      }
    }
    return vectors;
  }

  /** Fisher and Yates. */
  private void shuffle(SplittableRandom random) {
    for (int i = sequences.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int[] sequence = sequences[i];
      sequences[i] = sequences[j];
      sequences[j] = sequence;
    }
  }

  private void requireFinite(int epoch, float stepSize) {
    for (float[][] matrix : new float[][][] {input, output}) {
      for (float[] vector : matrix) {
        for (float value : vector) {
          if (!Float.isFinite(value)) {
            throw new ArithmeticException(
                "epoch %d (step size %s) left a vector with %s: use a smaller stepSize (now %s)"
                    .formatted(epoch + 1, stepSize, value, settings.stepSize()));
          }
        }
      }
    }
  }
}
