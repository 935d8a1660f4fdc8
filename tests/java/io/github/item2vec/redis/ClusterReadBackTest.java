package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.redis.layout.RecommendationReader.Scored;
import io.github.item2vec.redis.layout.ValueLayout;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads from three real masters. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ClusterReadBackTest extends ClusterFixture {
  private static final String PREFIX = "recs:";
  private static final int USERS = 1_200;

  @ParameterizedTest
  @EnumSource
  void everyListComesBackAsItWasWritten(ValueLayout layout) {
    long seed = new SplittableRandom().nextLong();
    List<Row> written = ReadBackFixture.randomLists(USERS, seed);
    ReadBackFixture.write(cluster.target(0), layout, PREFIX, written);
    Map<String, List<Scored>> literal =
        ReadBackFixture.oneByOne(cluster.target(1), layout, PREFIX, written);
    assertThat(literal.values()).noneMatch(List::isEmpty);
    assertThat(ReadBackFixture.lists(reader(layout).load())).as("seed %d", seed).isEqualTo(literal);
    List<String> ten = literal.keySet().stream().limit(10).toList();
    Dataset<Row> some = reader(layout).load();
    assertThat(ReadBackFixture.lists(some.where(some.col("user").isin(ten.toArray()))))
        .as("seed %d", seed)
        .isEqualTo(
            ten.stream()
                .collect(
                    java.util.stream.Collectors.toMap(user -> user, user -> literal.get(user))));
  }

  /** One slot is half moved from the beginning on, others change their master between the rows. */
  @Test
  void slotsMoveDuringTheRead() {
    List<Row> written = ReadBackFixture.randomLists(USERS, 7);
    ReadBackFixture.write(cluster.target(0), ValueLayout.PACKED, PREFIX, written);
    int halfMoved = 16_000;
    cluster.begin(halfMoved, 2, 0);
    Iterator<Row> rows =
        reader(ValueLayout.PACKED).option("max-connections", 4).load().toLocalIterator();
    int read = 0;
    int moved = 0;
    for (; rows.hasNext(); read++, rows.next()) {
      if (read % 10 == 0) {
        cluster.move(moved++, 0, 1);
      }
    }
    assertThat(read).isEqualTo(USERS);
    assertThat(moved).isGreaterThan(100);
    cluster.move(halfMoved, 2, 0);
    assertThat(ReadBackFixture.lists(reader(ValueLayout.PACKED).load()))
        .isEqualTo(
            ReadBackFixture.oneByOne(cluster.target(1), ValueLayout.PACKED, PREFIX, written));
    cluster.move(halfMoved, 0, 2);
    for (int slot = 0; slot < moved; slot++) {
      cluster.move(slot, 1, 0);
    }
  }

  private static DataFrameReader reader(ValueLayout layout) {
    return ReadBackFixture.reader(cluster.target(2), layout, PREFIX);
  }
}
