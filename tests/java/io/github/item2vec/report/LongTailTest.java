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

    Map<String, Object> tail = LongTail.of(popular, Map.of("i0", 6L, "i19", 2L));

    assertThat(tail)
        .containsEntry("items", 20)
        .containsEntry("rows", 210L)
        .containsEntry("places", 8L)
        .containsEntry("recommendedItems", 2);
    List<?> tenths = (List<?>) tail.get("tenths");
    assertThat(tenths).hasSize(10);
    assertThat(tenths.get(0))
        .isEqualTo(
            Map.of("items", 2, "recommendedItems", 1, "rowShare", 0.18571, "placeShare", 0.75));
    assertThat(tenths.get(5))
        .isEqualTo(
            Map.of("items", 2, "recommendedItems", 0, "rowShare", 0.09048, "placeShare", 0.0));
    List<?> places = (List<?>) ((Map<?, ?>) tail.get("curve")).get("places");
    assertThat(places).hasSize(101);
    assertThat(places.subList(0, 6)).isEqualTo(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.75));
    assertThat(places.subList(99, 101)).isEqualTo(List.of(0.75, 1.0));
  }

  @Test
  void anEmptyCatalogueHasEmptyShares() {
    Map<String, Object> tail = LongTail.of(new PopularItems(List.of(), new long[0]), Map.of());

    assertThat(tail).containsEntry("items", 0).containsEntry("recommendedItems", 0);
  }
}
