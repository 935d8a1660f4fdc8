package io.github.item2vec.bench;

import io.github.item2vec.train.basket.BasketTrainer;
import io.github.item2vec.train.epoch.Architecture;
import io.github.item2vec.train.epoch.Loss;
import io.github.item2vec.train.epoch.TrainingSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Epochs of the basket model in one JVM, without Spark: seconds, CPU seconds of the process, and
 * the rate of the three matrix products (6 x baskets x candidates x vectorSize floating-point
 * operations an epoch). Started by basket.sh. Arguments: LOSS ITEMS BASKETS ITEMS_PER_BASKET
 * VECTOR_SIZE NEGATIVE EPOCHS THREADS.
 */
final class BasketEpochs {
  private BasketEpochs() {}

  public static void main(String[] args) {
    Loss loss = Loss.valueOf(args[0]);
    int[] numbers = IntStream.range(1, 8).map(i -> Integer.parseInt(args[i])).toArray();
    int items = numbers[0];
    int[][] baskets = baskets(items, numbers[1], numbers[2]);
    long[] counts = new long[items];
    Arrays.fill(counts, 1);
    Arrays.stream(baskets).flatMapToInt(Arrays::stream).forEach(item -> counts[item]++);
    int epochs = numbers[5];
    TrainingSettings settings =
        new TrainingSettings(
            Architecture.BASKET,
            5,
            true,
            numbers[4],
            0.75,
            0,
            numbers[3],
            0.003,
            1e-4,
            1000, // the tails of the histories join later than this ends
            1,
            1,
            loss,
            0.6,
            0.5,
            0.2,
            0.00003);
    double candidates = loss == Loss.SOFTMAX ? items : numbers[4];
    double operations = 6.0 * candidates * numbers[3] * numbers[1];
    try (BasketTrainer trainer = new BasketTrainer(settings, counts, baskets, numbers[6])) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        long wall = System.nanoTime();
        long cpu = ProcessCpu.time();
        double nats = trainer.trainEpoch(epoch, n -> {});
        double cpuSeconds = (ProcessCpu.time() - cpu) / 1e9;
        double seconds = (System.nanoTime() - wall) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "BasketEpochs: %s, %,d items, %,d baskets, epoch %d: %.3f s, %.3f CPU s, %.1f GFLOP/s,"
                + " %.1f per CPU second, loss %.4f%n",
            loss,
            items,
            numbers[1],
            epoch,
            seconds,
            cpuSeconds,
            operations / seconds / 1e9,
            operations / cpuSeconds / 1e9,
            nats);
      }
    }
  }

  /** Distinct items, popular ones more often: u^3 of a uniform u. */
  private static int[][] baskets(int items, int count, int size) {
    Random random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(
            b ->
                random
                    .doubles()
                    .mapToInt(u -> (int) (u * u * u * items))
                    .distinct()
                    .limit(size)
                    .toArray())
        .toArray(int[][]::new);
  }
}
