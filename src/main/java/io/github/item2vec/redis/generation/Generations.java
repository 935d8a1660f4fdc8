package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.Redirect;
import io.github.item2vec.redis.server.RedisFailure;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The generations under one prefix: which there are, which one readers follow, and their removal.
 * Driver only; the connections are the caller's, who closes them.
 */
final class Generations {
  private static final byte[] SCAN_COUNT = KeyWrite.number(2_000);
  private static final int SCANS = 3;
  private static final byte[][] NONE = {};
  private static final byte[][] USAGE = {utf8("USAGE")};
  private static final int UNLINK_KEYS = 500;
  private static final long UNLINK_PER_SECOND = 100_000;

  private final RedisServers servers;
  private final GenerationKeys keys;

  Generations(RedisServers servers, GenerationKeys keys) {
    this.servers = servers;
    this.keys = keys;
  }

  /** All that are registered and described, oldest first. */
  List<GenerationMeta> list() {
    List<GenerationMeta> generations = new ArrayList<>();
    for (Object id : (List<?>) servers.call(Command.SMEMBERS, keys.registry())) {
      GenerationMeta meta = meta(text(id));
      if (!meta.fields().isEmpty()) {
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
    return Optional.ofNullable(servers.call(Command.GET, keys.pointer(layout)))
        .map(Generations::text);
  }

  /** The generation that this run has finished in this layout. */
  Optional<GenerationMeta> finished(ValueLayout layout, String run) {
    Optional<String> current = current(layout);
    return list().stream()
        .filter(meta -> meta.of(layout) && meta.run().equals(run))
        // pointed to but not marked: the driver died between the two
        .filter(meta -> meta.complete() || current.filter(meta.id()::equals).isPresent())
        .reduce((first, second) -> second);
  }

  /**
   * Gives out a new id, eight hexadecimal digits, greater than every id before, and registers it.
   * The server's clock is in it, so an id is not given twice even when the server lost its data.
   */
  String begin(Map<String, String> fields, long serverMillis) {
    Object last = servers.call(Command.GET, keys.last());
    long previous = last == null ? 0 : Long.parseLong(text(last), 16);
    String id =
        "%08x".formatted(Math.max(previous + 1, TimeUnit.MILLISECONDS.toSeconds(serverMillis)));
    servers.call(Command.SET, keys.last(), utf8(id));
    servers.call(Command.SADD, keys.registry(), utf8(id));
    describe(id, fields);
    return id;
  }

  void describe(String id, Map<String, String> fields) {
    servers.call(Command.HSET, keys.meta(id), GenerationMeta.arguments(fields));
  }

  /** The one write that makes a generation visible. */
  void flip(Lease lease, ValueLayout layout, String id) {
    lease.flip(servers, layout, utf8(id));
  }

  /** What a generation holds: its users, and the memory that its keys take on the servers. */
  record Held(ListDigest lists, long bytes) {}

  /**
   * The users that have a list in a generation, by SCAN over the whole database, of each master of
   * a cluster; nothing is kept. SCAN may give a key twice while the server resizes its table, and
   * miss one while it moves to another master, so a digest that is not the expected one is taken
   * again.
   */
  Held held(String id, ValueLayout layout, boolean expires, Predicate<ListDigest> expected) {
    Set<ByteBuffer> own =
        Set.of(ByteBuffer.wrap(keys.meta(id)), ByteBuffer.wrap(keys.dictionary(id)));
    int start = utf8(keys.start(id)).length;
    for (int attempt = 1; ; attempt++) {
      ListDigest digest = new ListDigest();
      KeySizes sizes = new KeySizes();
      scan(
          id,
          (session, found) -> {
            List<byte[]> lists = lists(found, own);
            add(session, lists, start, layout, digest);
            sizes.add(lists, some -> all(session, Command.MEMORY, USAGE, some));
          });
      if (expected.test(digest) || attempt == SCANS) {
        return new Held(
            digest, sizes.bytes(expires) + bytes(keys.meta(id)) + bytes(keys.dictionary(id)));
      }
    }
  }

  private long bytes(byte[] key) {
    Object bytes = servers.at(key, session -> session.call(Command.MEMORY, arguments(USAGE, key)));
    return bytes == null ? 0 : (long) bytes;
  }

  private static List<byte[]> lists(List<byte[]> found, Set<ByteBuffer> own) {
    return found.stream().filter(key -> !own.contains(ByteBuffer.wrap(key))).toList();
  }

  private void add(
      RedisSession session, List<byte[]> lists, int start, ValueLayout layout, ListDigest digest) {
    if (!layout.buckets()) {
      lists.forEach(key -> digest.add(layout.keyForm().read(key, start)));
      return;
    }
    for (Object fields : all(session, Command.HKEYS, NONE, lists)) {
      ((List<?>) fields).forEach(user -> digest.add(UuidForm.BINARY.read((byte[]) user, 0)));
    }
  }

  /** The command for each of the keys that the server holds, or has just given to another. */
  private List<Object> all(
      RedisSession session, Command command, byte[][] before, List<byte[]> keys) {
    keys.forEach(key -> session.send(command, arguments(before, key)));
    List<Object> replies = session.replies(keys.size());
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof JedisDataException error) {
        if (Redirect.of(error).isEmpty()) {
          throw RedisFailure.of(session.target(), command.name(), error);
        }
        byte[] key = keys.get(i);
        replies.set(i, servers.at(key, moved -> moved.call(command, arguments(before, key))));
      }
    }
    return replies;
  }

  private static byte[][] arguments(byte[][] before, byte[] key) {
    byte[][] arguments = Arrays.copyOf(before, before.length + 1);
    arguments[before.length] = key;
    return arguments;
  }

  /**
   * Removes generations: of each layout the newest {@code keep} complete ones stay, and whatever a
   * pointer names; unfinished ones go, so the caller holds the lease.
   *
   * @return the ids removed
   */
  List<String> prune(int keep) {
    List<String> removed = new ArrayList<>();
    Map<String, Integer> kept = new LinkedHashMap<>();
    List<GenerationMeta> newestFirst = new ArrayList<>(list());
    newestFirst.sort(Comparator.comparing(GenerationMeta::id).reversed());
    for (GenerationMeta meta : newestFirst) {
      ValueLayout layout = ValueLayout.of(meta.fields().get("layout"));
      boolean pointed = current(layout).filter(meta.id()::equals).isPresent();
      if (pointed || (meta.complete() && kept.getOrDefault(layout.toString(), 0) < keep)) {
        kept.merge(layout.toString(), 1, Integer::sum);
      } else {
        remove(meta.id());
        removed.add(meta.id());
      }
    }
    return removed;
  }

  /** Unlinks every key of a generation at a bounded rate, its description last. */
  void remove(String id) {
    clear(id);
    servers.call(Command.UNLINK, keys.meta(id));
    servers.call(Command.SREM, keys.registry(), utf8(id));
  }

  /** As {@link #remove}, but the description stays. */
  void clear(String id) {
    Map<RedisSession, List<byte[]>> found = new LinkedHashMap<>();
    scan(
        id, (session, keys) -> found.computeIfAbsent(session, s -> new ArrayList<>()).addAll(keys));
    found.forEach((session, held) -> unlink(session, held, keys.meta(id)));
  }

  private void unlink(RedisSession session, List<byte[]> held, byte[] except) {
    held.removeIf(key -> Arrays.equals(key, except));
    for (int from = 0; from < held.size(); from += UNLINK_KEYS) {
      List<byte[]> some = held.subList(from, Math.min(from + UNLINK_KEYS, held.size()));
      all(
          session,
          Command.UNLINK,
          NONE,
          some); // one by one: a cluster takes no command with two slots
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(some.size()) / UNLINK_PER_SECOND);
    }
  }

  private void scan(String id, BiConsumer<RedisSession, List<byte[]>> found) {
    for (RedisSession session : servers.sessions()) {
      byte[] cursor = utf8("0");
      do {
        List<?> reply =
            (List<?>)
                session.call(
                    Command.SCAN,
                    cursor,
                    utf8("MATCH"),
                    keys.pattern(id),
                    utf8("COUNT"),
                    SCAN_COUNT);
        cursor = (byte[]) reply.get(0);
        List<?> some = (List<?>) reply.get(1);
        found.accept(session, some.stream().map(key -> (byte[]) key).toList());
      } while (!text(cursor).equals("0"));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }
}
