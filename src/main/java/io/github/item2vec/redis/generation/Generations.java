package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import redis.clients.jedis.Protocol.Command;

/**
 * The generations under one prefix: which there are, which one readers follow, which stay. Driver
 * only; the connections are the caller's, who closes them.
 */
final class Generations {
  private final RedisServers servers;
  private final GenerationKeys keys;

  Generations(RedisServers servers, GenerationKeys keys) {
    this.servers = servers;
    this.keys = keys;
  }

  /** All that are registered and described, oldest first. */
  List<GenerationMeta> list() {
    return registered().stream().filter(meta -> !meta.fields().isEmpty()).toList();
  }

  private List<GenerationMeta> registered() {
    List<GenerationMeta> generations = new ArrayList<>();
    for (Object id : (List<?>) servers.call(Command.SMEMBERS, keys.registry())) {
      GenerationMeta meta = meta(Utf8.text(id));
      if (meta.fields().isEmpty() || meta.known()) { // else another program's
        generations.add(meta);
      }
    }
    generations.sort(Comparator.comparing(GenerationMeta::id));
    return generations;
  }

  GenerationMeta meta(String id) {
    return GenerationMeta.of(id, servers.call(Command.HGETALL, keys.meta(id)));
  }

  /** The id that readers of the layout follow. */
  Optional<String> current(ValueLayout layout) {
    return Optional.ofNullable(servers.call(Command.GET, keys.pointer(layout))).map(Utf8::text);
  }

  /** The generation that this run has finished in this layout, readers sent back from it or not. */
  Optional<GenerationMeta> finished(ValueLayout layout, String run) {
    Optional<String> current = current(layout);
    return list().stream()
        .filter(meta -> meta.of(layout) && meta.run().equals(run))
        // pointed to but not marked: the driver died between the two
        .filter(
            meta ->
                meta.complete()
                    || meta.withdrawn()
                    || current.filter(meta.id()::equals).isPresent())
        .reduce((first, second) -> second);
  }

  /**
   * Gives out a new id, eight hexadecimal digits, greater than every id before, and registers it.
   * The server's clock is in it, so an id is not given twice even when the server lost its data.
   */
  String begin(Map<String, String> fields, long serverMillis) {
    String id = nextId(TimeUnit.MILLISECONDS.toSeconds(serverMillis));
    servers.call(Command.SADD, keys.registry(), Utf8.bytes(id));
    describe(id, fields);
    return id;
  }

  /** Two runs that ask at once, the one that has just lost the lease among them, get two. */
  private String nextId(long least) {
    String[] id = {""};
    WatchedChange.make(
        servers,
        List.of(keys.last()),
        texts -> {
          long previous = texts.get(0).isEmpty() ? 0 : Long.parseLong(texts.get(0), 16);
          id[0] = "%08x".formatted(Math.max(previous + 1, least));
          return true;
        },
        session -> session.call(Command.SET, keys.last(), Utf8.bytes(id[0])));
    return id[0];
  }

  void describe(String id, Map<String, String> fields) {
    servers.call(Command.HSET, keys.meta(id), GenerationMeta.arguments(fields));
  }

  void mark(String id, String state) {
    describe(id, Map.of("state", state));
  }

  /** The one write that makes a generation visible. */
  void flip(Lease lease, ValueLayout layout, String id) {
    lease.flip(servers, layout, id);
  }

  /** See {@link HeldLists#of}. */
  HeldLists.Held held(GenerationMeta meta, long users, Predicate<ListDigest> expected) {
    return HeldLists.of(servers, keys, meta, users, expected);
  }

  /**
   * Removes generations: of each layout the newest {@code keep} complete ones stay, and whatever a
   * pointer names; unfinished ones and those that readers were sent back from go. What late tasks
   * wrote into those that went before goes too. The lease is looked at when it is known what there
   * is, and before each removal: an unfinished one is another run's when that has taken the lease.
   *
   * @return the ids removed
   * @throws RedisException when another run has taken the lease
   */
  List<String> prune(int keep, Lease lease) {
    new Tombstones(servers, keys).sweep();
    List<String> removed = new ArrayList<>();
    Map<String, Integer> kept = new LinkedHashMap<>();
    List<GenerationMeta> newestFirst = new ArrayList<>(registered());
    newestFirst.sort(Comparator.comparing(GenerationMeta::id).reversed());
    lease.requireHeld(servers);
    for (GenerationMeta meta : newestFirst) {
      if (meta.fields().isEmpty()) { // its removal was all but done
        servers.call(Command.SREM, keys.registry(), Utf8.bytes(meta.id()));
      } else if (pointed(meta)
          || (meta.complete() && kept.getOrDefault(meta.layout().toString(), 0) < keep)) {
        kept.merge(meta.layout().toString(), 1, Integer::sum);
      } else {
        lease.requireHeld(servers);
        remove(meta);
        removed.add(meta.id());
      }
    }
    return removed;
  }

  /** Whether readers follow it; a driver that died after the flip has not said that it is whole. */
  private boolean pointed(GenerationMeta meta) {
    boolean pointed = current(meta.layout()).filter(meta.id()::equals).isPresent();
    if (pointed && GenerationMeta.WRITING.equals(meta.fields().get("state"))) {
      mark(meta.id(), GenerationMeta.COMPLETE);
    }
    return pointed;
  }

  /** Unlinks every key of a generation at a bounded rate, its description last. */
  void remove(GenerationMeta meta) {
    new Tombstones(servers, keys).add(meta);
    KeyRemoval.of(servers, keys, meta);
    servers.call(Command.UNLINK, keys.meta(meta.id()));
    servers.call(Command.SREM, keys.registry(), Utf8.bytes(meta.id()));
  }
}
