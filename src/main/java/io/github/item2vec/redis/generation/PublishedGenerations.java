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
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
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
        ValueLayout layout = meta.layout();
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
   * @throws RedisException when the server cannot be read, or parts of the generation are missing
   */
  public List<UUID> list(ValueLayout layout, UUID user) {
    return read(layout, reader -> items(reader, Kind.USERS, user));
  }

  /**
   * The nearest items of an item, as {@link #list}.
   *
   * @throws RedisException as there, and when the generation holds no similar items
   */
  public List<UUID> similar(ValueLayout layout, UUID item) {
    return read(layout, reader -> items(reader, Kind.SIMILAR_ITEMS, item));
  }

  private static List<UUID> items(RecommendationReader reader, Kind kind, UUID owner) {
    return (kind == Kind.USERS ? reader.readScored(owner) : reader.similar(owner))
        .stream().map(RecommendationReader.Scored::item).toList();
  }

  private <T> T read(ValueLayout layout, Function<RecommendationReader, T> reading) {
    try (UnifiedJedis client = RedisSession.client(target)) {
      return reading.apply(
          new RecommendationReader(client, prefix, layout.toString(), POINTER_MILLIS));
    } catch (JedisException e) {
      throw RedisFailure.of(target, "reading", e);
    } catch (IllegalStateException e) {
      throw new RedisException("on %s %s".formatted(target, e.getMessage()), e);
    }
  }

  /** A user's or an item's list as it should be. */
  public record Expected(UUID owner, List<UUID> items) {}

  /** What lists are of. */
  public enum Kind {
    USERS,
    SIMILAR_ITEMS
  }

  /**
   * Compares lists with what readers get; one connection, one round trip a list. Also used inside
   * tasks.
   *
   * @return those that readers do not get so
   */
  public List<Expected> differing(ValueLayout layout, Kind kind, Iterator<Expected> lists) {
    return read(
        layout,
        reader -> {
          List<Expected> differing = new ArrayList<>();
          while (lists.hasNext()) {
            Expected list = lists.next();
            if (!items(reader, kind, list.owner()).equals(list.items())) {
              differing.add(list);
            }
          }
          return differing;
        });
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
   * Sends readers back to the newest complete generation before the current one, which is
   * withdrawn.
   *
   * @return the id that readers follow now
   * @throws RedisException when there is none, or it is not whole any more, or about to expire
   */
  public String rollback(ValueLayout layout) {
    return rollback(List.of(layout), Optional.empty()).get(layout);
  }

  /**
   * The same in several layouts: all are looked at before the first is flipped.
   *
   * @param run only where the current generation is of that run; empty: of any run
   * @return the id that readers of each layout follow now
   * @throws RedisException as {@link #rollback(ValueLayout)} does; no pointer has moved then
   */
  public Map<ValueLayout, String> rollback(List<ValueLayout> layouts, Optional<String> run) {
    return switched(
        (generations, change) ->
            layouts.stream().map(layout -> back(generations, change, layout, run)).toList());
  }

  private GenerationMeta back(
      Generations generations, GenerationSwitch change, ValueLayout layout, Optional<String> run) {
    GenerationMeta current = generations.meta(current(generations, layout));
    return run.filter(id -> !id.equals(current.run())).isPresent()
        ? current
        : change.before(layout, current.id());
  }

  /**
   * Sends readers to the generations of these ids, older or newer than those they follow.
   *
   * @return the id that readers of each layout among them follow now
   * @throws RedisException when one is not there or not whole; no pointer has moved then
   */
  public Map<ValueLayout, String> rollbackTo(List<String> ids) {
    return switched((generations, change) -> ids.stream().map(change::named).toList());
  }

  private Map<ValueLayout, String> switched(
      BiFunction<Generations, GenerationSwitch, List<GenerationMeta>> looked) {
    try (Lease lease = lease();
        RedisServers servers = RedisServers.open(target)) {
      GenerationSwitch change = new GenerationSwitch(target, servers, keys(), lease);
      List<GenerationMeta> wanted = looked.apply(new Generations(servers, keys()), change);
      Map<ValueLayout, String> followed = new EnumMap<>(ValueLayout.class);
      for (GenerationMeta meta : wanted) {
        String other = followed.put(meta.layout(), meta.id());
        if (other != null) {
          throw new RedisException(
              "%s and %s are both of %s: name one".formatted(other, meta.id(), meta.layout()));
        }
      }
      wanted.forEach(change::to);
      return followed;
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
      return new Generations(servers, keys()).prune(keep, lease);
    }
  }

  /** How many items have a list of similar items in the generation that readers follow. */
  public long similarItems(ValueLayout layout) {
    try (RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys());
      return generations.meta(current(generations, layout)).number(GenerationMeta.SIMILAR);
    }
  }

  /**
   * Compares the users that have a list in the generation that readers follow with those that were
   * published, by its index, and the items that have similar items; one SCAN of the database where
   * an older version wrote none.
   *
   * @return the number of users' lists
   * @throws RedisException when there is none or lists are missing
   */
  public long verify(ValueLayout layout) {
    try (RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys());
      String current = current(generations, layout);
      GenerationMeta meta = generations.meta(current);
      if (!meta.of(layout)) {
        throw new RedisException(
            "readers of %s follow generation %s on %s, which is not described (its meta expired or was removed): publish again or roll back"
                .formatted(layout, current, target));
      }
      meta.similar().ifPresent(part -> requireHeld(generations, part, "items"));
      return requireHeld(generations, meta, "users");
    }
  }

  private static long requireHeld(Generations generations, GenerationMeta meta, String whose) {
    HeldLists.Held held = generations.held(meta, meta.number("users"), meta::describes);
    if (!meta.describes(held.lists())) {
      throw new RedisException(
          "generation %s holds %d lists instead of %d, or of other %s%s: publish again or roll back"
              .formatted(
                  meta.id(),
                  held.lists().count(),
                  meta.number("users"),
                  whose,
                  held.foreign() == 0
                      ? ""
                      : ", and %,d keys that are no lists".formatted(held.foreign())));
    }
    return held.lists().count();
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
