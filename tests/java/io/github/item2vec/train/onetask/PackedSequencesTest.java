package io.github.item2vec.train.onetask;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.train.epoch.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedSequencesTest {
  @Test
  void comeBackAsTheyWere() {
    long seed = System.nanoTime();
    System.out.println("PackedSequencesTest seed " + seed);
    Random random = new Random(seed);
    Sequence[] sequences = new Sequence[1 + random.nextInt(3000)];
    Arrays.setAll(sequences, s -> sequence(random, seed));
    List<int[]> pieces = new ArrayList<>();
    PackedSequences.pack(List.of(sequences).iterator()).forEachRemaining(pieces::add);

    Sequence[] back = PackedSequences.unpack(pieces.iterator(), seed);
    assertThat(back).usingElementComparator(Sequence::compareTo).containsExactly(sequences);
    long ints = Arrays.stream(sequences).mapToLong(s -> s.items().length).sum();
    assertThat((long) pieces.size()).isLessThanOrEqualTo(2 + ints / 10_000);
  }

  private static Sequence sequence(Random random, long seed) {
    int length = random.nextInt(500) == 0 ? 100_000 : random.nextInt(50);
    int[] heldOut = random.ints(random.nextInt(3), 0, 1000).toArray();
    return Sequence.of(random.ints(length, 0, 1000).toArray(), heldOut, seed);
  }

  @Test
  void ofNothingAreNothing() {
    assertThat(PackedSequences.pack(List.<Sequence>of().iterator()).hasNext()).isFalse();
    assertThat(PackedSequences.unpack(List.<int[]>of().iterator(), 1)).isEmpty();
  }
}
