package io.github.item2vec.train.distributed;

import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.history.HiddenTails;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * What a training must know of all baskets before it begins: which hide their tails, and how many
 * there are in each chunk. Two jobs that read the slots once each. Driver only.
 *
 * @param early baskets by chunk while tails are hidden
 * @param whole baskets by chunk afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BasketCensus(HiddenTails tails, long[] early, long[] whole) {
  static BasketCensus of(JavaRDD<Sequence> slots, BasketSteps training) {
    long seed = training.settings().seed();
    JavaRDD<Long> keys = slots.mapPartitions(some -> HiddenTails.keys(some, seed));
    HiddenTails tails =
        HiddenTails.of(keys.takeOrdered(HiddenTails.MOST), training.settings().maxIter(), seed);
    List<int[]> baskets =
        slots.mapPartitions(some -> List.of(tails.countBaskets(some)).iterator()).collect();
    long[] early = new long[training.slots().chunks()];
    long[] whole = new long[early.length];
    for (int slot = 0; slot < baskets.size(); slot++) {
      early[slot / training.slots().slices()] += baskets.get(slot)[0];
      whole[slot / training.slots().slices()] += baskets.get(slot)[1];
    }
    return new BasketCensus(tails, early, whole);
  }

  /** Baskets of a chunk in an epoch. */
  long baskets(int epoch, int chunk) {
    return epoch < tails.joinEpoch() ? early[chunk] : whole[chunk];
  }

  /** All baskets. */
  long baskets() {
    return Arrays.stream(whole).sum();
  }
}
