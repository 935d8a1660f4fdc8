package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisFailure;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.Retry;
import io.github.item2vec.redis.server.ServersSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Whether readers may be sent to a finished generation, as it is now: all users there, a sample
 * readable, life left. Driver only.
 */
final class Wholeness {
  /** Less is not worth a flip: readers would stand without lists soon after. */
  private static final long LEAST_LIFE_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final int SHARE_OF_LIFE = 10;
  private static final long FOREVER = Long.MAX_VALUE;

  private final RedisTarget target;
  private final RedisServers servers;
  private final GenerationKeys keys;

  Wholeness(RedisTarget target, RedisServers servers, GenerationKeys keys) {
    this.target = target;
    this.servers = servers;
    this.keys = keys;
  }

  /** What is wrong with it; empty when nothing is. */
  Optional<String> fault(GenerationMeta meta) {
    return lifeFault(meta)
        .or(() -> listFault(meta))
        .or(() -> lifeFault(meta)) // counting takes its time
        .map(fault -> "generation %s of run %s %s".formatted(meta.id(), meta.run(), fault));
  }

  /**
   * The same as a failure.
   *
   * @throws RedisException with the reason
   */
  void require(GenerationMeta meta, String remedy) {
    fault(meta)
        .ifPresent(
            fault -> {
              throw new RedisException(
                  "%s: readers stay where they are; %s".formatted(fault, remedy));
            });
  }

  private Optional<String> listFault(GenerationMeta meta) {
    return fault(meta, "users", (reader, user) -> reader.readFrom(meta.id(), user))
        .or(
            () ->
                meta.similar()
                    .flatMap(
                        part ->
                            fault(
                                part,
                                "items",
                                (reader, item) -> reader.similarFrom(meta.id(), item))));
  }

  private Optional<String> fault(GenerationMeta meta, String whose, ListOf list) {
    HeldLists.Held held = HeldLists.of(servers, keys, meta, meta.number("users"), meta::describes);
    if (!meta.describes(held.lists())) {
      return Optional.of(
          "holds %,d lists instead of %,d, or of other %s"
              .formatted(held.lists().count(), meta.number("users"), whose));
    }
    return Retry.of(() -> sampleFault(meta, held, list));
  }

  /** One list of a kind. */
  private interface ListOf {
    List<RecommendationReader.Scored> read(RecommendationReader reader, UUID owner);
  }

  private Optional<String> sampleFault(GenerationMeta meta, HeldLists.Held held, ListOf list) {
    try (UnifiedJedis client = RedisSession.client(target)) {
      RecommendationReader reader =
          new RecommendationReader(client, keys.prefix(), meta.layout().toString(), 0);
      for (UUID owner : held.samples()) {
        if (list.read(reader, owner).isEmpty()) {
          return Optional.of("has no list of " + owner);
        }
      }
      return Optional.empty();
    } catch (JedisException e) {
      throw RedisFailure.of(target, "reading generation " + meta.id(), e);
    } catch (IllegalStateException e) {
      return Optional.of("cannot be read (" + e.getMessage() + ")");
    }
  }

  private Optional<String> lifeFault(GenerationMeta meta) {
    long now = ServersSnapshot.of(servers).timeMillis();
    long rest = (long) servers.call(Command.PTTL, keys.meta(meta.id()));
    if (rest == -2) {
      return Optional.of("has expired");
    }
    long left = rest == -1 ? FOREVER : firstDeadline(meta, now + rest) - now;
    long life = rest == -1 ? FOREVER : now + rest - meta.number("startedAt");
    return left >= Math.min(LEAST_LIFE_MILLIS, life / SHARE_OF_LIFE)
        ? Optional.empty()
        : Optional.of(left <= 0 ? "is expiring" : "begins to expire in %,d ms".formatted(left));
  }

  /** When its lists begin to expire, from when its description does, which is after the last. */
  private static long firstDeadline(GenerationMeta meta, long last) {
    return last - 1 - NewGeneration.jitterMillis(last - 1 - meta.number("startedAt"));
  }
}
