package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisFailure;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What is published under a prefix of one server: listed, checked, flipped back, removed. Driver
 * only; one connection a call, of a cluster one to each master.
 *
 * @param target the server, or a node of the cluster
 * @param prefix of all keys
 */
public record PublishedGenerations(RedisTarget target, String prefix) implements Serializable {
  private static final long POINTER_MILLIS = 1_000;

  /** One generation as the list shows it; {@code current} is whether readers follow it. */
  public record Entry(
      String id,
      String layout,
      String run,
      Instant startedAt,
      String state,
      long users,
      long bytes,
      boolean current) {}

  /** All generations, oldest first. */
  public List<Entry> list() {
    try (RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys());
      List<Entry> entries = new ArrayList<>();
      for (GenerationMeta meta : generations.list()) {
        ValueLayout layout = ValueLayout.of(meta.fields().get("layout"));
        entries.add(
            new Entry(
                meta.id(),
                layout.toString(),
                meta.run(),
                Instant.ofEpochMilli(meta.number("startedAt")),
                meta.fields().getOrDefault("state", ""),
                meta.number("users"),
                meta.number("bytes"),
                generations.current(layout).filter(meta.id()::equals).isPresent()));
      }
      return entries;
    }
  }

  /**
   * One user's list from the generation that readers follow, best first; empty when there is none.
   *
   * @throws RedisException when the server cannot be read
   */
  public List<UUID> list(ValueLayout layout, UUID user) {
    try (UnifiedJedis client = RedisSession.client(target)) {
      return new RecommendationReader(client, prefix, layout.toString(), 0).read(user);
    } catch (JedisException e) {
      throw RedisFailure.of(target, "reading", e);
    }
  }

  /** A user's list as it should be. */
  public record Expected(UUID user, List<UUID> items) {}

  /**
   * Compares lists with what readers get; one connection, one round trip a list. Also used inside
   * tasks.
   *
   * @return those that readers do not get so
   */
  public List<Expected> differing(ValueLayout layout, Iterator<Expected> lists) {
    List<Expected> differing = new ArrayList<>();
    try (UnifiedJedis client = RedisSession.client(target)) {
      RecommendationReader reader =
          new RecommendationReader(client, prefix, layout.toString(), POINTER_MILLIS);
      while (lists.hasNext()) {
        Expected list = lists.next();
        if (!reader.read(list.user()).equals(list.items())) {
          differing.add(list);
        }
      }
      return differing;
    } catch (JedisException e) {
      throw RedisFailure.of(target, "reading", e);
    }
  }

  /**
   * How good the lists are that readers follow, as the writer's option {@code quality} said; empty
   * when nothing is published or nothing was said.
   */
  public OptionalDouble quality(ValueLayout layout) {
    try (RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys());
      return generations
          .current(layout)
          .map(id -> generations.meta(id).fields().get("quality"))
          .map(value -> OptionalDouble.of(Double.parseDouble(value)))
          .orElse(OptionalDouble.empty());
    }
  }

  /**
   * What the run has published in a layout.
   *
   * @throws RedisException when it has published nothing
   */
  public PublishReport report(ValueLayout layout, String run) {
    try (RedisServers servers = RedisServers.open(target)) {
      return new Generations(servers, keys())
          .finished(layout, run)
          .orElseThrow(() -> new RedisException("run " + run + " published nothing in " + layout))
          .report();
    }
  }

  /**
   * Flips the pointer back to the newest complete generation before the current one.
   *
   * @return the id that readers follow now
   * @throws RedisException when there is none
   */
  public String rollback(ValueLayout layout) {
    return rollback(layout, Optional.empty());
  }

  /**
   * The same, but only when the current generation is of that run.
   *
   * @param run empty: of any run
   * @return as {@link #rollback(ValueLayout)}
   */
  public String rollback(ValueLayout layout, Optional<String> run) {
    try (Lease lease = lease();
        RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys());
      String current = current(generations, layout);
      if (run.filter(id -> !id.equals(generations.meta(current).run())).isPresent()) {
        return current;
      }
      String previous =
          generations.list().stream()
              .filter(meta -> meta.of(layout) && meta.complete())
              .map(GenerationMeta::id)
              .filter(id -> id.compareTo(current) < 0)
              .reduce((first, second) -> second)
              .orElseThrow(() -> new RedisException("nothing older than " + current + " is left"));
      generations.flip(lease, layout, previous);
      return previous;
    }
  }

  /**
   * Removes all but the newest {@code keep} complete generations of each layout, what killed runs
   * left among them.
   *
   * @return the ids removed
   */
  public List<String> prune(int keep) {
    try (Lease lease = lease();
        RedisServers servers = RedisServers.open(target)) {
      lease.requireHeld(servers);
      return new Generations(servers, keys()).prune(keep);
    }
  }

  /**
   * Compares the users that have a list in the generation that readers follow with those that were
   * published; one SCAN of the database.
   *
   * @return the number of lists
   * @throws RedisException when there is none or lists are missing
   */
  public long verify(ValueLayout layout) {
    try (RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys());
      String current = current(generations, layout);
      GenerationMeta meta = generations.meta(current);
      ListDigest found = generations.held(current, layout, false, meta::describes).lists();
      if (!meta.describes(found)) {
        throw new RedisException(
            "generation %s holds %d lists instead of %d, or of other users: publish again or roll back"
                .formatted(current, found.count(), meta.number("users")));
      }
      return found.count();
    }
  }

  private String current(Generations generations, ValueLayout layout) {
    return generations
        .current(layout)
        .orElseThrow(
            () ->
                new RedisException(
                    "nothing is published as %s under '%s' on %s"
                        .formatted(layout, prefix, target)));
  }

  private Lease lease() {
    return Lease.acquire(target, keys(), "command-" + UUID.randomUUID(), Lease.LIFE);
  }

  private GenerationKeys keys() {
    return new GenerationKeys(prefix);
  }
}
