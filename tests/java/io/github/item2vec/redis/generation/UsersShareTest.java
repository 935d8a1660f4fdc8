package io.github.item2vec.redis.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.PublishFixture;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisServers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/** A generation of far fewer users than the one before is not published unless it is asked for. */
final class UsersShareTest extends PublishFixture {
  private static final ValueLayout LAYOUT = ValueLayout.LIST_TEXT;

  private static DataFrameWriter<Row> write(ValueLayout layout, String run, int users) {
    return writer(server.target(), layout, lists(users, users, 10))
        .option("prefix", PREFIX)
        .option("run-id", run);
  }

  private static TooFewUsersException refusal(DataFrameWriter<Row> writer) {
    return writeFailure(TooFewUsersException.class, writer);
  }

  private static OptionalLong usersBefore(ValueLayout layout, String run) {
    return published().report(layout, run).usersBefore();
  }

  @ParameterizedTest
  @EnumSource
  void aTrialOfTwoRowsReplacesNothing(ValueLayout layout) {
    write(layout, "all", 1200).save();
    String followed = current(layout);
    long keys = keys(server.target());

    assertThat(refusal(write(layout, "trial", 2)))
        .hasMessageStartingWith(
            "not published: 2 users have a list, the generation %s of run all that readers of %s follow under '%s' on redis://%s"
                .formatted(followed, layout, PREFIX, address()))
        .hasMessageContaining("has 1,200, and min-users-share = 0.5 of them is the least")
        .hasMessageContaining("give min-users-share = 0 (publish.min-users-share of the job)")
        .hasMessageContaining("another prefix");

    assertThat(current(layout)).isEqualTo(followed);
    assertThat(read(layout, 5)).isEqualTo(uuids(items(5, 1200, 10)));
    assertThat(published().list()).hasSize(1);
    assertThat(keys(server.target())).isEqualTo(keys + 1); // removed, where its id is remembered
    assertThat(published().verify(layout)).isEqualTo(1200);

    write(layout, "trial", 2).option("min-users-share", 0).save();
    assertThat(published().verify(layout)).isEqualTo(2);
    assertThat(usersBefore(layout, "all")).isEmpty();
    assertThat(usersBefore(layout, "trial")).hasValue(1200);
  }

  @Test
  void theShareItselfIsEnough() {
    write(LAYOUT, "first", 100).save();
    assertThat(refusal(write(LAYOUT, "49", 49))).hasMessageContaining("49 users");
    write(LAYOUT, "50", 50).save(); // half of them, the default
    assertThat(refusal(write(LAYOUT, "39", 39).option("min-users-share", 0.8)))
        .hasMessageContaining("min-users-share = 0.8");
    write(LAYOUT, "40", 40).option("min-users-share", 0.8).save();
    write(LAYOUT, "more", 41).option("MIN-USERS-SHARE", 1).save();
    assertThat(usersBefore(LAYOUT, "more")).hasValue(40);
  }

  /** Each layout has readers of its own. */
  @Test
  void layoutsAndPrefixesAreComparedWithTheirOwn() {
    write(LAYOUT, "all", 100).save();
    write(ValueLayout.PACKED, "all", 2).save();
    write(LAYOUT, "elsewhere", 2).option("prefix", "trial:").save();
    assertThat(usersBefore(ValueLayout.PACKED, "all")).isEmpty();
    UsersShare half = new UsersShare(server.target(), PREFIX, 0.5);
    half.require(List.of(ValueLayout.PACKED, ValueLayout.INDEXED), 1);
    assertThatThrownBy(() -> half.require(List.of(ValueLayout.PACKED, LAYOUT), 49))
        .isInstanceOf(TooFewUsersException.class)
        .hasMessageContaining("list-text");
    half.require(List.of(ValueLayout.PACKED, LAYOUT), 50);
  }

  @Test
  void aRollbackAsksForNoShare() {
    write(LAYOUT, "small", 2).save();
    write(LAYOUT, "large", 100).save();
    String large = current(LAYOUT);
    published().rollback(LAYOUT);
    assertThat(published().verify(LAYOUT)).isEqualTo(2);
    published().rollbackTo(List.of(large));
    assertThat(published().verify(LAYOUT)).isEqualTo(100);
  }

  /** Its lists are there already: publishing it again is a flip without a write. */
  @Test
  void aRunThatReadersWereSentBackFromIsComparedWhenItComesAgain() {
    write(LAYOUT, "large", 100).save();
    write(LAYOUT, "small", 2).option("min-users-share", 0).save();
    published().rollback(LAYOUT);

    assertThat(refusal(write(LAYOUT, "small", 2))).hasMessageContaining("of run large");
    assertThat(published().verify(LAYOUT)).isEqualTo(100);

    write(LAYOUT, "small", 2).option("min-users-share", 0).save();
    assertThat(published().verify(LAYOUT)).isEqualTo(2);
    assertThat(published().list()).hasSize(2); // nothing was written anew
  }

  @Test
  void aDescriptionWithoutACountComparesNothing() {
    write(LAYOUT, "old", 100).save();
    call(server.target(), Command.HDEL, PREFIX + current(LAYOUT) + ":meta", "users");
    write(LAYOUT, "new", 2).save();
    assertThat(published().verify(LAYOUT)).isEqualTo(2);
    assertThat(usersBefore(LAYOUT, "new")).isEmpty();

    call(server.target(), Command.DEL, PREFIX + current(LAYOUT) + ":meta"); // as if expired
    write(LAYOUT, "newer", 1).save();
    assertThat(published().verify(LAYOUT)).isEqualTo(1);
    assertThat(usersBefore(LAYOUT, "newer")).isEmpty();
  }

  @Test
  void whatHasNoUsersIsReplacedByAny() {
    publish(LAYOUT, List.of());
    write(LAYOUT, "one", 1).option("min-users-share", 1).save();
    assertThat(usersBefore(LAYOUT, "one")).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.01", "-0.1", "NaN", "half", "50 %", ""})
  void aShareIsBetweenNoneAndAll(String share) {
    Map<String, String> options = Map.of("target", address(), "min-users-share", share);
    assertThatThrownBy(() -> RedisOptions.of(spark, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "redis: option 'min-users-share' is a share between 0 and 1, not '%s'"
                .formatted(share));
  }

  @ParameterizedTest
  @CsvSource({"7, 100, 0.07", "57, 100, 0.57", "29, 100, 0.29", "1, 3, 0.3333333333333333"})
  void aShareThatNoBinaryNumberIsIsReachedExactly(long users, long before, String share) {
    assertThat(passes(users, before, share)).isTrue();
    assertThat(passes(users - 1, before, share)).isFalse();
  }

  /** Beside exact arithmetic. */
  @Test
  void theDecisionIsThatOfDecimalNumbers() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int n = 0; n < 200; n++) {
      long before = random.nextLong(1, 2_000);
      long users = random.nextLong(0, before + 5);
      BigDecimal share = BigDecimal.valueOf(random.nextInt(101), 2);
      boolean exact =
          BigDecimal.valueOf(users).compareTo(share.multiply(BigDecimal.valueOf(before))) >= 0;
      assertThat(passes(users, before, share.toString()))
          .as("%d of %d, share %s, seed %d", users, before, share, seed)
          .isEqualTo(exact);
    }
  }

  /** Of a generation that is described and nothing else. */
  private static boolean passes(long users, long before, String share) {
    GenerationKeys keys = new GenerationKeys(PREFIX);
    try (RedisServers servers = RedisServers.open(server.target())) {
      Generations generations = new Generations(servers, keys);
      generations.describe(
          "00000001", Map.of("layout", LAYOUT.toString(), "users", Long.toString(before)));
      servers.call(Command.SET, keys.pointer(LAYOUT), bytes("00000001"));
      new UsersShare(server.target(), keys, Double.parseDouble(share))
          .require(generations, LAYOUT, users);
      return true;
    } catch (TooFewUsersException e) {
      return false;
    }
  }
}
