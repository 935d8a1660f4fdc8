package io.github.item2vec.redis.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.redis.PublishFixture;
import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** Back, forward, and what is refused. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RollbackTest extends PublishFixture {
  private static final ValueLayout LAYOUT = ValueLayout.INDEXED;

  private static String publish(String run, int version) {
    return publish(LAYOUT, run, version);
  }

  private static String publish(ValueLayout layout, String run, int version) {
    writer(server.target(), layout, lists(20, version, 10))
        .option("prefix", PREFIX)
        .option("run-id", run)
        .save();
    return current(layout);
  }

  private static List<String> states() {
    return published().list().stream().map(e -> e.run() + " " + e.state()).toList();
  }

  private static void assertReads(ValueLayout layout, int version) {
    assertThat(read(layout, 3)).isEqualTo(uuids(items(3, version, 10)));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST_TEXT", "BUCKETED"})
  void twoBadDaysEndOnTheLastGoodLists(ValueLayout layout) {
    publish(layout, "good", 0);
    for (int day = 1; day <= 3; day++) {
      publish(layout, "bad" + day, day);
      published().rollback(List.of(layout), Optional.of("bad" + day));
      assertReads(layout, 0);
      assertThat(states()).containsExactly("good complete", "bad" + day + " withdrawn");
    }
    assertThat(published().verify(layout)).isEqualTo(20);
    publish(layout, "better", 4);
    assertThat(states()).containsExactly("good complete", "better complete");
  }

  @Test
  void whatWasRolledBackIsNeitherKeptNorChosenAgain() {
    for (int version = 1; version <= 3; version++) {
      writer(server.target(), LAYOUT, lists(20, version, 10))
          .option("prefix", PREFIX)
          .option("run-id", "" + version)
          .option("keep", 3)
          .save();
    }
    published().rollback(LAYOUT);
    publish("4", 4); // keeps two: 4 and 2, not 4 and 3
    assertThat(states()).containsExactly("2 complete", "4 complete");
    published().rollback(LAYOUT);
    assertReads(LAYOUT, 2);
    assertThatThrownBy(() -> published().rollback(LAYOUT))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("nothing older");
    assertThat(published().prune(1)).hasSize(1);
    assertThat(states()).containsExactly("2 complete");
    assertThat(published().verify(LAYOUT)).isEqualTo(20);
  }

  @Test
  void readersAreSentToAnyGenerationByItsName() {
    String first = publish("1", 1);
    String second = publish("2", 2);
    assertThat(published().rollbackTo(List.of(first))).containsEntry(LAYOUT, first);
    assertReads(LAYOUT, 1);
    assertThat(states()).containsExactly("1 complete", "2 withdrawn");
    published().rollbackTo(List.of(second));
    published().rollbackTo(List.of(second)); // nothing more to do
    assertReads(LAYOUT, 2);
    assertThat(states()).containsExactly("1 complete", "2 complete");
    assertThatThrownBy(() -> published().rollbackTo(List.of("nonesuch")))
        .hasMessageContaining("nonesuch")
        .hasMessageContaining("generations");
    assertThatThrownBy(() -> published().rollbackTo(List.of(first, second)))
        .hasMessageContaining("name one");
    assertReads(LAYOUT, 2);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyIsSentBackToListsThatAreMissing(ValueLayout layout) {
    String first = publish(layout, "1", 1);
    String second = publish(layout, "2", 2);
    removeOneList(layout, first);
    assertRefused(layout, "lists instead of 20");
    assertThatThrownBy(() -> published().rollbackTo(List.of(first)))
        .hasMessageContaining("instead of 20");
    assertThat(current(layout)).isEqualTo(second);
    assertThat(states()).containsExactly("1 complete", "2 complete");
  }

  private static void removeOneList(ValueLayout layout, String id) {
    GenerationKeys keys = new GenerationKeys(PREFIX);
    try (RedisSession session = RedisSession.open(server.target())) {
      byte[] key = layout.buckets() ? keys.bucket(id, 0) : keys.user(id, layout.keyForm(), user(7));
      Object removed =
          layout.buckets()
              ? session.call(Command.HDEL, key, UuidForm.BINARY.bytes(user(7)))
              : session.call(Command.DEL, key);
      assertThat(removed).isEqualTo(1L);
    }
  }

  private static void assertRefused(ValueLayout layout, String reason) {
    assertThatThrownBy(() -> published().rollback(layout))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("run 1");
  }

  @Test
  void nobodyIsSentBackToListsThatCannotBeRead() {
    String first = publish("1", 1);
    publish("2", 2);
    call(server.target(), Command.DEL, PREFIX + first + ":items");
    assertRefused(LAYOUT, ":items");
    assertReads(LAYOUT, 2);
  }

  @Test
  void nobodyIsSentBackToListsThatExpire() {
    writer(server.target(), LAYOUT, lists(20, 1, 10))
        .option("prefix", PREFIX)
        .option("run-id", "1")
        .option("ttl", 6)
        .save();
    String second = publish("2", 2);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5_400));
    assertThatThrownBy(() -> published().rollback(LAYOUT))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("publish again")
        .message()
        .containsAnyOf("expire", "expiring", "nothing older");
    assertThat(current(LAYOUT)).isEqualTo(second);
  }

  @Test
  void allLayoutsAreLookedAtBeforeTheFirstIsFlipped() {
    List<ValueLayout> layouts = List.of(ValueLayout.LIST_TEXT, LAYOUT);
    publish(ValueLayout.LIST_TEXT, "1", 1);
    String damaged = publish(LAYOUT, "1", 1);
    publish(ValueLayout.LIST_TEXT, "2", 2);
    publish(LAYOUT, "2", 2);
    removeOneList(LAYOUT, damaged);
    assertThatThrownBy(() -> published().rollback(layouts, Optional.empty()))
        .hasMessageContaining("instead of 20");
    assertReads(ValueLayout.LIST_TEXT, 2);
    assertReads(LAYOUT, 2);
  }

  @Test
  void aRunThatWasRolledBackIsPublishedAgain() {
    publish("1", 1);
    String second = publish("2", 2);
    published().rollback(LAYOUT);
    assertReads(LAYOUT, 1);
    assertThat(publish("2", 3)).isEqualTo(second); // the run's lists, not written again
    assertReads(LAYOUT, 2);
    assertThat(states()).containsExactly("1 complete", "2 complete");
  }

  @Test
  void aRunWhoseWithdrawnListsAreDamagedIsWrittenAnew() {
    publish("1", 1);
    String second = publish("2", 2);
    published().rollback(LAYOUT);
    removeOneList(LAYOUT, second);
    assertThat(publish("2", 2)).isGreaterThan(second);
    assertReads(LAYOUT, 2);
    assertThat(states()).containsExactly("1 complete", "2 complete");
    assertThat(published().verify(LAYOUT)).isEqualTo(20);
  }

  @Test
  void anOlderRunIsNotClaimedToBePublished() {
    String first = publish("1", 1);
    publish("2", 2);
    assertThat(
            writeFailure(
                writer(server.target(), LAYOUT, lists(20, 1, 10))
                    .option("prefix", PREFIX)
                    .option("run-id", "1")))
        .hasMessageContaining("later")
        .hasMessageContaining("rollback --to " + first);
    assertReads(LAYOUT, 2);
  }
}
