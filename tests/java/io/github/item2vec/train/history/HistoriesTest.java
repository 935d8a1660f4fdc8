package io.github.item2vec.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  private static int[][] sequences(int users) {
    Random random = new Random(4);
    return IntStream.range(0, users)
        .mapToObj(user -> random.ints(0, 100).distinct().limit(2 + user % 20).toArray())
        .toArray(int[][]::new);
  }

  @Test
  void oneInFiveHidesItsTail() {
    int[][] all = sequences(1_000);
    Histories histories = new Histories(all, 42);
    assertThat(histories.measurable()).isTrue();
    assertThat(histories.chosen().length).isBetween(150, 250);
    assertThat(histories.whole()).isSameAs(all);
    long kept = Arrays.stream(histories.early()).mapToLong(items -> items.length).sum();
    long whole = Arrays.stream(all).mapToLong(items -> items.length).sum();
    long hidden =
        Arrays.stream(histories.chosen()).mapToLong(items -> Histories.hidden(items.length)).sum();
    long alone = // what is left of two items is none to train on
        Arrays.stream(histories.chosen())
            .filter(items -> items.length - Histories.hidden(items.length) == 1)
            .count();
    assertThat(kept).isEqualTo(whole - hidden - alone);
  }

  @Test
  void fewSequencesHideNothing() {
    int[][] all = sequences(100);
    Histories histories = new Histories(all, 42);
    assertThat(histories.measurable()).isFalse();
    assertThat(histories.early()).isDeepEqualTo(all);
  }

  @Test
  void aTailIsAtMostAHalf() {
    assertThat(IntStream.of(2, 3, 6, 8, 12, 100).map(Histories::hidden))
        .containsExactly(1, 1, 3, 3, 3, 25);
  }
}
