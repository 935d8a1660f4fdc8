package io.github.item2vec.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.recommend.PopularItems;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongTailTest {
  /** 20 items with 20, 19, ... 1 rows; the first has 6 places in lists, the last 2. */
  @Test
  void tenthsAndRunningSharesByHand() {
    PopularItems popular =
        new PopularItems(
            IntStream.range(0, 20).mapToObj(i -> "i" + i).toList(),
            IntStream.range(0, 20).mapToLong(i -> 20 - i).toArray());

    LongTail tail = LongTail.of(popular, Map.of("i0", 6L, "i19", 2L));

    assertThat(tail.items()).isEqualTo(20);
    assertThat(tail.rows()).isEqualTo(210);
    assertThat(tail.places()).isEqualTo(8);
    assertThat(tail.recommendedItems()).isEqualTo(2);
    assertThat(tail.tenths()).hasSize(10);
    assertThat(tail.tenths().get(0)).isEqualTo(new LongTail.Tenth(2, 1, 0.18571, 0.75));
    assertThat(tail.tenths().get(5)).isEqualTo(new LongTail.Tenth(2, 0, 0.09048, 0.0));
    List<Double> places = tail.curve().places();
    assertThat(places).hasSize(101);
    assertThat(places.subList(0, 6)).isEqualTo(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.75));
    assertThat(places.subList(99, 101)).isEqualTo(List.of(0.75, 1.0));
  }

  @Test
  void anEmptyCatalogueHasEmptyShares() {
    LongTail tail = LongTail.of(new PopularItems(List.of(), new long[0]), Map.of());

    assertThat(tail.items()).isZero();
    assertThat(tail.recommendedItems()).isZero();
  }
}
