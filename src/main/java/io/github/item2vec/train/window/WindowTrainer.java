package io.github.item2vec.train.window;

import io.github.item2vec.math.IntList;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.epoch.EpochTrainer;
import io.github.item2vec.train.epoch.InitialVectors;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.Slots;
import io.github.item2vec.train.epoch.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * A {@link WindowSteps} in the memory of one task: slices and blocks are shared out to threads, and
 * sums are added in the order of the blocks, so the number of threads does not change the result.
 */
public final class WindowTrainer implements EpochTrainer {
  private final WindowSteps model;
  private final Parts parts;
  private final List<Sequence> sequences;
  private final int[] slotStarts;
  private final float[][][] input;
  private final float[][][] output;
  private final Workers workers;
  private final WindowGroups[] slices;

  /** By round, then part. */
  private final double[] losses;

  /**
   * @param sequences in any order; sorted in place
   */
  public WindowTrainer(WindowSteps model, Sequence[] sequences, int threads) {
    this.model = model;
    this.parts = model.parts();
    Arrays.parallelSort(sequences);
    this.sequences = Arrays.asList(sequences);
    this.slotStarts = slotStarts(model.slots(), sequences);
    this.input = InitialVectors.input(parts, model.settings());
    this.output = InitialVectors.zeros(parts, model.settings());
    this.workers = new Workers(threads);
    this.slices = new WindowGroups[parts.count()];
    Arrays.setAll(slices, i -> model.noWindows());
    this.losses = new double[parts.count() * parts.count()];
  }

  /** Where each slot begins, and at last where all end. */
  private static int[] slotStarts(Slots slots, Sequence[] sorted) {
    int[] starts = new int[slots.count() + 1];
    for (Sequence sequence : sorted) {
      starts[slots.slot(sequence.hash()) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return starts;
  }

  @Override
  public double trainEpoch(int epoch, LongConsumer itemsTrained) {
    double loss = 0;
    long pairs = 0;
    for (int chunk = 0; chunk < model.slots().chunks(); chunk++) {
      trainChunk(epoch, chunk);
      loss += Arrays.stream(losses).sum();
      pairs += Arrays.stream(slices).mapToLong(WindowGroups::pairs).sum();
      itemsTrained.accept(items(chunk));
    }
    return pairs == 0 ? 0 : loss / pairs;
  }

  private List<Sequence> sequences(int fromSlot, int toSlot) {
    return sequences.subList(slotStarts[fromSlot], slotStarts[toSlot]);
  }

  private long items(int chunk) {
    return sequences(model.slots().slot(chunk, 0), model.slots().slot(chunk + 1, 0)).stream()
        .mapToLong(sequence -> sequence.items().length)
        .sum();
  }

  /**
   * Lays the windows slice by slice, then trains the blocks round by round. No barrier parts the
   * rounds: a block starts when the two are done that had its rows in the round before.
   */
  private void trainChunk(int epoch, int chunk) {
    int count = parts.count();
    Turns slicesLaid = new Turns(1);
    Turns roundsDone = new Turns(count);
    workers.run(
        count + count * count,
        task -> {
          if (task < count) {
            slicesLaid.take(0, () -> layWindows(epoch, chunk, task));
            return;
          }
          int round = task / count - 1;
          int part = task % count;
          slicesLaid.await(0, count);
          roundsDone.await(part, round);
          roundsDone.await((part + 1) % count, round); // it had the target part
          roundsDone.take(
              part, () -> losses[round * count + part] = trainBlock(epoch, chunk, part, round));
        });
  }

  private void layWindows(int epoch, int chunk, int slice) {
    int slot = model.slots().slot(chunk, slice);
    RepeatCount repeats = new RepeatCount();
    slices[slice].clear();
    for (Sequence sequence : sequences(slot, slot + 1)) {
      model.layWindows(epoch, sequence, repeats.of(sequence), slices[slice]);
    }
  }

  private double trainBlock(int epoch, int chunk, int part, int round) {
    int target = model.targetPart(part, round);
    List<IntList> windows = Arrays.stream(slices).map(slice -> slice.of(part, target)).toList();
    return model.trainBlock(
        new WindowSteps.BlockId(epoch, chunk, part, target), input[part], output[target], windows);
  }

  @Override
  public double stepSize(int epoch) {
    return model.stepSize(epoch, 1);
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

  /** As gensim's {@code predict_output_word}. */
  @Override
  public ProfileRule rule() {
    return ProfileRule.mean(parts.items());
  }

  @Override
  public void close() {
    workers.close();
  }
}
