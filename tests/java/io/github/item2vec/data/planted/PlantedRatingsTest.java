package io.github.item2vec.data.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.data.RatingsSource;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlantedRatingsTest extends SparkTest {
  @TempDir Path directory;

  private static List<String> lines(PlantedRatings.Spec spec, int partitions) {
    return PlantedRatings.lines(spark, spec, partitions).collectAsList();
  }

  @Test
  void theSameRowsForAnyNumberOfPartitions() {
    PlantedRatings.Spec spec = new PlantedRatings.Spec(943, 1682, 100_000, 7);
    List<String> rows = lines(spec, 1);
    assertThat(rows).hasSize(100_000).isEqualTo(lines(spec, 4));
    long liked = rows.stream().filter(r -> r.matches(".*\t[45]\t\\d+")).count();
    assertThat(liked).isBetween(50_000L, 60_000L);
  }

  @Test
  void exactlyAsManyRowsAsAskedAndNoneTwice() {
    for (long[] s :
        new long[][] {
          {1, 1, 1},
          {1, 50, 50},
          {50, 1, 50},
          {7, 11, 77},
          {7, 11, 76},
          {90, 20, 31},
          {97, 40, 3000}
        }) {
      List<String> rows = lines(new PlantedRatings.Spec(s[0], (int) s[1], s[2], 3), 2);
      assertThat(rows).hasSize((int) s[2]);
      assertThat(rows.stream().map(r -> r.replaceAll("\t[1-5]\t\\d+$", "")).distinct())
          .hasSize((int) s[2]);
    }
    assertThatThrownBy(() -> new PlantedRatings.Spec(2, 3, 7, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrittenIsReadBackWithoutRejects() {
    String path = directory.resolve("planted").toString();
    PlantedRatings.write(spark, new PlantedRatings.Spec(100, 200, 5000, 1), path);
    RatingsSource source = new RatingsSource(path, Format.AUTO, Order.TIMESTAMP, 1, 1, 5, 0);
    try (Ratings ratings = Ratings.read(spark, source)) {
      assertThat(ratings.kept()).isEqualTo(5000);
      assertThat(ratings.users()).isEqualTo(100);
      assertThat(ratings.duplicates()).isZero();
    }
  }
}
