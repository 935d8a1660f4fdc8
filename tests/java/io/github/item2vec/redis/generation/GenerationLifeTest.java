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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

final class GenerationLifeTest extends PublishFixture {
  @Test
  void twoRunsOfOnePrefixTakeTurns() {
    List<CompletableFuture<Void>> runs =
        List.of(0, 1).stream()
            .map(
                version ->
                    CompletableFuture.runAsync(
                        () ->
                            writer(
                                    server.target(),
                                    ValueLayout.LIST_BINARY,
                                    lists(2000, version, 100))
                                .option("prefix", PREFIX)
                                .save()))
            .toList();
    runs.forEach(CompletableFuture::join);
    assertThat(published().list()).hasSize(2);
    assertThat(published().verify(ValueLayout.LIST_BINARY)).isEqualTo(2000);
  }

  @Test
  void twoAttemptsOfAPartitionLeaveExactLists() {
    RedisOptions options =
        RedisOptions.of(
            spark, Map.of("target", address(), "prefix", PREFIX, "layout", "list-text"));
    NewGeneration generation =
        NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    List<PartitionCommit> attempts =
        List.of(1, 2).parallelStream().map(attempt -> attempt(generation.spec())).toList();

    generation.commit(attempts.subList(0, 1));
    assertThatThrownBy(() -> attempt(generation.spec())) // a third, after the flip
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("lease");

    List<List<UUID>> read = read(ValueLayout.LIST_TEXT, IntStream.range(0, 500));
    for (int user = 0; user < 500; user++) {
      assertThat(read.get(user)).isEqualTo(uuids(items(user, 0, 100)));
    }
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isEqualTo(500);
  }

  @Test
  void anAbortBeforeTheFlipRemovesAndOneAfterItDoesNot() {
    RedisOptions options = RedisOptions.of(spark, Map.of("target", address(), "prefix", PREFIX));
    NewGeneration aborted = NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    attempt(aborted.spec());
    aborted.abort();
    assertThat(keys(server.target())).isEqualTo(3); // last, fence, removed

    NewGeneration committed =
        NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    committed.commit(List.of(attempt(committed.spec())));
    committed.abort();
    assertThat(published().verify(ValueLayout.LIST_TEXT)).isEqualTo(500);
    assertThat(published().list()).hasSize(1);
  }

  @Test
  void aRunThatHasFinishedRepeatsNothing() {
    for (int version = 0; version < 2; version++) {
      writer(server.target(), ValueLayout.LIST_TEXT, lists(5, version, 10))
          .option("prefix", PREFIX)
          .option("run-id", "run 1")
          .save();
    }
    assertThat(published().list()).hasSize(1);
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(items(0, 0, 10)));
  }

  @Test
  void whatAKilledRunLeftIsRemoved() {
    publish(ValueLayout.LIST_TEXT, List.of(row(user(0), List.of("1"))));
    RedisOptions options =
        RedisOptions.of(spark, Map.of("target", address(), "prefix", PREFIX, "run-id", "killed"));
    NewGeneration killed = NewGeneration.begin(options, java.util.Optional.empty()).orElseThrow();
    attempt(killed.spec()); // neither committed nor aborted: the lease stays until it lapses
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(List.of("1")));
    assertThat(keys(server.target())).isGreaterThan(500);

    writer(server.target(), ValueLayout.LIST_TEXT, lists(5, 1, 10))
        .option("prefix", PREFIX)
        .option("run-id", "killed") // the same run again takes its lease over
        .save();

    assertThat(published().list()).hasSize(2).allMatch(e -> e.state().equals("complete"));
    // lists, index of each task, descriptions; generations, last, pointer, fence, removed
    assertThat(keys(server.target())).isEqualTo(1 + 5 + 1 + 3 + 2 + 5);
    assertThat(read(ValueLayout.LIST_TEXT, 0)).isEqualTo(uuids(items(0, 1, 10)));
  }

  @Test
  void aMissingListIsFound() {
    publish(ValueLayout.LIST_TEXT, List.of(row(user(0), List.of("1")), row(user(1), List.of("2"))));
    call(server.target(), Command.DEL, PREFIX + current(ValueLayout.LIST_TEXT) + ":" + user(1));
    assertThatThrownBy(() -> published().verify(ValueLayout.LIST_TEXT))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("1 lists instead of 2");
  }

  @Test
  void listsExpireNearOneDeadlineAndTheRestAfterThem() {
    writer(server.target(), ValueLayout.INDEXED, lists(50, 0, 10))
        .option("prefix", PREFIX)
        .option("ttl", 1000)
        .save();
    GenerationKeys keys = new GenerationKeys(PREFIX);
    String id = current(ValueLayout.INDEXED);
    try (RedisSession session = RedisSession.open(server.target())) {
      List<Long> lives =
          List.of(0, 1, 2, 3, 4, 5, 6, 7).stream()
              .map(n -> keys.user(id, UuidForm.BINARY, user(n)))
              .map(key -> (Long) session.call(Command.PTTL, key))
              .toList();
      assertThat(lives).allMatch(life -> life > 900_000 && life <= 1_000_000);
      assertThat(lives.stream().distinct().count()).isGreaterThan(1);
      for (byte[] key : List.of(keys.meta(id), keys.dictionary(id))) {
        assertThat((long) session.call(Command.PTTL, key))
            .isGreaterThanOrEqualTo(lives.stream().mapToLong(Long::longValue).max().orElseThrow());
      }
    }
  }
}
