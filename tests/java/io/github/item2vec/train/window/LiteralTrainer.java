package io.github.item2vec.train.window;

import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.NegativeSampler;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The slow twin of {@link WindowTrainer} for sequences that fit one chunk: pairs as lists of
 * objects, whole matrices, double precision, the formulas of the papers by the letter. It makes the
 * same draws in the same order.
 */
final class LiteralTrainer {
  /** A target with contexts of one part. */
  private record Group(int target, List<Integer> contexts) {}

  final double[][] input;
  final double[][] output;
  double loss;
  private final TrainingSettings settings;
  private final Sequence[] sequences;
  private final Slots slots;
  private final long[] counts;
  private final Parts parts;
  private final double[] keep;
  private int pairs;

  LiteralTrainer(TrainingSettings settings, long[] counts, Sequence[] sequences) {
    this.settings = settings;
    this.sequences = sequences;
    this.counts = counts;
    this.parts = settings.parts(counts.length);
    long total = Arrays.stream(counts).sum();
    this.keep = new double[counts.length];
    for (int i = 0; i < keep.length; i++) {
      double t = settings.sample() * total;
      keep[i] = settings.sample() == 0 ? 1 : (Math.sqrt(counts[i] / t) + 1) * (t / counts[i]);
    }
    input = new double[counts.length][settings.vectorSize()];
    output = new double[counts.length][settings.vectorSize()];
    for (int item = 0; item < counts.length; item++) {
      SplittableRandom start = new SplittableRandom(settings.seed(-1, item));
      for (int d = 0; d < settings.vectorSize(); d++) {
        input[item][d] = (start.nextDouble() * 2 - 1) / settings.vectorSize();
      }
    }
    Arrays.sort(sequences);
    slots = new Slots(1, parts.count());
  }

  void train() {
    for (int epoch = 0; epoch < settings.maxIter(); epoch++) {
      Map<String, List<Group>> blocks = new HashMap<>();
      pairs = 0;
      loss = 0;
      for (int s = 0; s < sequences.length; s++) {
        int repeat = 0; // equal ones are neighbours, and each draws numbers of its own
        while (repeat < s
            && Arrays.equals(sequences[s].items(), sequences[s - repeat - 1].items())) {
          repeat++;
        }
        long seed = settings.seed(epoch, sequences[s].hash(), repeat);
        int slice = slots.slot(sequences[s].hash());
        layWindows(new SplittableRandom(seed), sequences[s].items(), slice, blocks);
      }
      double alpha =
          settings.stepSize()
              - (settings.stepSize() - settings.minStepSize()) * epoch / settings.maxIter();
      for (int round = 0; round < parts.count(); round++) {
        for (int part = 0; part < parts.count(); part++) {
          int target = (part + round) % parts.count();
          long seed = settings.seed(epoch, 0, part * parts.count() + target);
          SplittableRandom random = new SplittableRandom(seed);
          NegativeDeck deck = deck(target);
          for (int slice = 0; slice < parts.count(); slice++) {
            String block = slice + " " + part + " " + target;
            train(blocks.getOrDefault(block, List.of()), target, alpha, deck, random);
          }
        }
      }
      loss = pairs == 0 ? 0 : loss / pairs;
    }
  }

  private void layWindows(
      SplittableRandom random, int[] sequence, int slice, Map<String, List<Group>> blocks) {
    List<Integer> items = new ArrayList<>();
    for (int item : sequence) {
      if (keep[item] >= 1 || random.nextDouble() < keep[item]) {
        items.add(item);
      }
    }
    for (int position = 0; position < items.size(); position++) {
      int b = settings.shrinkWindows() ? random.nextInt(settings.windowSize()) : 0;
      int target = items.get(position);
      for (int part = 0; part < parts.count(); part++) {
        List<Integer> contexts = new ArrayList<>();
        for (int other = 0; other < items.size(); other++) {
          if (other != position
              && Math.abs(other - position) <= settings.windowSize() - b
              && parts.part(items.get(other)) == part) {
            contexts.add(items.get(other));
          }
        }
        pairs += contexts.size();
        if (!contexts.isEmpty()) {
          blocks
              .computeIfAbsent(
                  slice + " " + part + " " + parts.part(target), key -> new ArrayList<>())
              .add(new Group(target, contexts));
        }
      }
    }
  }

  private void train(
      List<Group> groups, int part, double alpha, NegativeDeck deck, SplittableRandom random) {
    List<Group> pairs = new ArrayList<>();
    for (Group group : groups) {
      if (settings.architecture() == Architecture.CBOW) {
        double[] hidden = new double[settings.vectorSize()];
        for (int item : group.contexts) {
          add(1.0 / group.contexts.size(), input[item], hidden);
        }
        double[][] error = {new double[hidden.length]};
        List<Integer> negatives = draw(part, settings.negative(), deck, random);
        predict(new double[][] {hidden}, List.of(group.target), error, negatives, 1, alpha);
        group.contexts.forEach(item -> add(1, error[0], input[item]));
      } else {
        group.contexts.forEach(item -> pairs.add(new Group(group.target, List.of(item))));
      }
    }
    for (int from = 0; from < pairs.size(); from += RowMath.WIDTH) {
      int to = Math.min(pairs.size(), from + RowMath.WIDTH);
      skipGram(pairs.subList(from, to), part, alpha, deck, random);
    }
  }

  /** The pairs of a step see the vectors as they were before it. */
  private void skipGram(
      List<Group> step, int part, double alpha, NegativeDeck deck, SplittableRandom random) {
    double expected = negatives(part);
    int count = (int) Math.max(4, Math.floor((expected + 1.5) / 2));
    double weight = (float) (expected / count);
    List<Integer> negatives = draw(part, count, deck, random);
    List<Integer> contexts = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (Group group : step) {
      for (int context : group.contexts) {
        contexts.add(context);
        targets.add(group.target);
      }
    }
    double[][] hidden = contexts.stream().map(i -> input[i].clone()).toArray(double[][]::new);
    double[][] errors = new double[hidden.length][settings.vectorSize()];
    predict(hidden, targets, errors, negatives, weight, alpha);
    for (int i = 0; i < errors.length; i++) {
      add(1, errors[i], input[contexts.get(i)]);
    }
  }

  private void predict(
      double[][] hidden,
      List<Integer> targets,
      double[][] errors,
      List<Integer> negatives,
      double weight,
      double alpha) {
    double[][] before = Arrays.stream(output).map(double[]::clone).toArray(double[][]::new);
    for (int i = 0; i < hidden.length; i++) {
      update(hidden[i], errors[i], before, targets.get(i), 1, 1, alpha);
      for (int negative : negatives) {
        if (negative != targets.get(i)) {
          update(hidden[i], errors[i], before, negative, 0, weight, alpha);
        }
      }
    }
  }

  private void update(
      double[] hidden,
      double[] error,
      double[][] before,
      int item,
      int label,
      double weight,
      double alpha) {
    double product = 0;
    for (int d = 0; d < hidden.length; d++) {
      product += hidden[d] * before[item][d];
    }
    double sigmoid = 1 / (1 + Math.exp(-Math.max(-6, Math.min(6, product))));
    loss -= weight * Math.log(label == 1 ? sigmoid : 1 - sigmoid);
    if (Math.abs(product) < 6) {
      add((label - sigmoid) * weight * alpha, before[item], error);
      add((label - sigmoid) * weight * alpha, hidden, output[item]);
    }
  }

  /** Negatives that a target expects. */
  private double negatives(int part) {
    double[] weights = weights();
    double all = 0;
    double own = 0;
    double targets = 0;
    double ownTargets = 0;
    for (int item = 0; item < counts.length; item++) {
      double kept = counts[item] * Math.min(1, keep[item]);
      all += weights[item];
      targets += kept;
      if (parts.part(item) == part) {
        own += weights[item];
        ownTargets += kept;
      }
    }
    return settings.negative() * (own / all) / (ownTargets / targets);
  }

  /** The sampling weights: not Math.pow, whose last bit can decide how the table is laid. */
  private double[] weights() {
    return NegativeSampler.weights(counts, settings.nsExponent());
  }

  private NegativeDeck deck(int part) {
    double[] weights = weights();
    double[] mine = new double[parts.rows(part)];
    Arrays.setAll(mine, row -> weights[parts.item(part, row)]);
    double sum = Arrays.stream(mine).sum();
    return new NegativeDeck(Arrays.stream(mine).map(weight -> weight / sum).toArray());
  }

  private List<Integer> draw(int part, int count, NegativeDeck deck, SplittableRandom random) {
    int[] rows = new int[count];
    deck.draw(random, rows, 0, count);
    return Arrays.stream(rows).mapToObj(row -> parts.item(part, row)).toList();
  }

  private static void add(double factor, double[] from, double[] to) {
    for (int d = 0; d < to.length; d++) {
      to[d] += factor * from[d];
    }
  }
}
