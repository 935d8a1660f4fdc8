package io.github.item2vec.item2vec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The slow twin of {@link SequenceTrainer}: the same draws in the same order, everything else as
 * gensim's Python reference of word2vec writes it, in double precision.
 */
final class LiteralTrainer {
  final double[][] input;
  final double[][] output;
  private final TrainingSettings settings;
  private final int[][] sequences;
  private final NegativeSampler sampler;
  private final double[] keep;
  private final SplittableRandom random;

  LiteralTrainer(TrainingSettings settings, long[] counts, int[][] sequences) {
    this.settings = settings;
    this.sequences = sequences;
    this.sampler = new NegativeSampler(counts, settings.nsExponent());
    long total = Arrays.stream(counts).sum();
    this.keep = new double[counts.length];
    for (int i = 0; i < keep.length; i++) {
      double t = settings.sample() * total;
      keep[i] = settings.sample() == 0 ? 1 : (Math.sqrt(counts[i] / t) + 1) * (t / counts[i]);
    }
    SplittableRandom start = new SplittableRandom(settings.seed());
    input = new double[counts.length][settings.vectorSize()];
    output = new double[counts.length][settings.vectorSize()];
    for (double[] vector : input) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] = (start.nextDouble() * 2 - 1) / settings.vectorSize();
      }
    }
    Arrays.sort(sequences, Arrays::compare);
    for (int i = sequences.length - 1; i > 0; i--) {
      int j = start.nextInt(i + 1);
      int[] swap = sequences[i];
      sequences[i] = sequences[j];
      sequences[j] = swap;
    }
    random = new SplittableRandom(~settings.seed());
  }

  void train() {
    long total = Arrays.stream(sequences).mapToLong(s -> s.length).sum() * settings.maxIter();
    long done = 0;
    for (int epoch = 0; epoch < settings.maxIter(); epoch++) {
      for (int[] sequence : sequences) {
        List<Integer> kept = new ArrayList<>();
        for (int item : sequence) {
          if (keep[item] >= 1 || random.nextDouble() < keep[item]) {
            kept.add(item);
          }
        }
        double alpha =
            settings.stepSize()
                - (settings.stepSize() - settings.minStepSize()) * done / (double) total;
        train(kept, alpha);
        done += sequence.length;
      }
    }
  }

  private void train(List<Integer> items, double alpha) {
    for (int position = 0; position < items.size(); position++) {
      int b = settings.shrinkWindows() ? random.nextInt(settings.windowSize()) : 0;
      List<Integer> window = new ArrayList<>();
      for (int other = 0; other < items.size(); other++) {
        if (other != position && Math.abs(other - position) <= settings.windowSize() - b) {
          window.add(items.get(other));
        }
      }
      if (settings.architecture() == Architecture.CBOW) {
        if (!window.isEmpty()) {
          pair(window, items.get(position), alpha);
        }
      } else {
        for (int context : window) {
          pair(List.of(context), items.get(position), alpha);
        }
      }
    }
  }

  private void pair(List<Integer> context, int target, double alpha) {
    double[] hidden = new double[settings.vectorSize()];
    for (int item : context) {
      for (int d = 0; d < hidden.length; d++) {
        hidden[d] += input[item][d] / context.size();
      }
    }
    double[] error = new double[hidden.length];
    update(hidden, error, target, 1, alpha);
    for (int n = 0; n < settings.negative(); n++) {
      int item = sampler.draw(random);
      if (item != target) {
        update(hidden, error, item, 0, alpha);
      }
    }
    for (int item : context) {
      for (int d = 0; d < hidden.length; d++) {
        input[item][d] += error[d];
      }
    }
  }

  private void update(double[] hidden, double[] error, int item, int label, double alpha) {
    double product = 0;
    for (int d = 0; d < hidden.length; d++) {
      product += hidden[d] * output[item][d];
    }
    if (Math.abs(product) >= 6) {
      return;
    }
    double g = (label - 1 / (1 + Math.exp(-product))) * alpha;
    for (int d = 0; d < hidden.length; d++) {
      error[d] += g * output[item][d];
      output[item][d] += g * hidden[d];
    }
  }
}
