package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import redis.clients.jedis.Protocol.Command;

/**
 * What a generation holds: the users that have a list, and the memory that its keys take. Buckets
 * are counted by their names, other layouts by the generation's index: each user that it names
 * once, if the key is there. Only what an older version wrote without an index is looked for by a
 * scan. Driver only; its memory is bounded, because the index of many users is read several times.
 */
final class HeldLists {
  private static final int USERS_A_PASS = 1 << 22;
  private static final int SCANS = 3;
  private static final int SAMPLES = 32;
  private static final byte[][] USAGE = {"USAGE".getBytes(StandardCharsets.US_ASCII)};

  private final RedisServers servers;
  private final GenerationKeys keys;
  private final GenerationMeta meta;
  private final ValueLayout layout;
  private final ManyKeys many;
  private final byte[] start;
  private final List<UUID> samples = new ArrayList<>();
  private ListDigest digest = new ListDigest();
  private KeySizes sizes = new KeySizes();
  private long foreign;

  /**
   * @param bytes MEMORY USAGE of all its keys, by estimate when they are many
   * @param samples a few of the users
   * @param foreign keys under its name that are no list
   */
  record Held(ListDigest lists, long bytes, List<UUID> samples, long foreign) {}

  private HeldLists(RedisServers servers, GenerationKeys keys, GenerationMeta meta) {
    this.servers = servers;
    this.keys = keys;
    this.meta = meta;
    this.layout = meta.layout();
    this.many = new ManyKeys(servers);
    this.start = Utf8.bytes(keys.start(meta.id()));
  }

  /**
   * Counts.
   *
   * @param users about how many there should be: with more the index is read more often
   * @param expected what ends the scans of a generation without an index
   */
  static Held of(
      RedisServers servers,
      GenerationKeys keys,
      GenerationMeta meta,
      long users,
      Predicate<ListDigest> expected) {
    HeldLists held = new HeldLists(servers, keys, meta);
    if (held.layout.buckets()) {
      held.countBuckets();
    } else if (meta.namesItsKeys()) {
      int passes = Math.toIntExact(users / USERS_A_PASS + 1);
      IntStream.range(0, passes).forEach(pass -> held.countIndexed(pass, passes));
    } else {
      held.scan(expected);
    }
    return held.result();
  }

  private Held result() {
    long others = usage(keys.meta(meta.id())) + usage(keys.dictionary(meta.id()));
    for (byte[] shard : indexShards()) {
      others += usage(shard);
    }
    byte[] description = keys.meta(GenerationKeys.whole(meta.id()));
    boolean expires = (long) servers.call(Command.PTTL, description) >= 0;
    return new Held(digest, sizes.bytes(expires) + others, List.copyOf(samples), foreign);
  }

  private List<byte[]> indexShards() {
    return layout.buckets() || !meta.namesItsKeys()
        ? List.of()
        : new IndexChunks(servers, keys, meta.id()).present();
  }

  private long usage(byte[] key) {
    return Optional.ofNullable(servers.at(key, s -> s.call(Command.MEMORY, USAGE[0], key)))
        .map(bytes -> (long) bytes)
        .orElse(0L);
  }

  private void countBuckets() {
    long buckets = meta.number("buckets");
    for (long from = 0; from < buckets; from += ManyKeys.LOT) {
      addBuckets(BucketNames.of(keys, meta.id(), from, buckets));
    }
  }

  private void addBuckets(List<byte[]> names) {
    List<Object> fields = many.all(Command.HKEYS, names);
    List<byte[]> full = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<?> users = (List<?>) fields.get(i);
      if (!users.isEmpty()) {
        full.add(names.get(i));
      }
      users.forEach(user -> add((byte[]) user, UuidForm.BINARY, 0));
    }
    size(full);
  }

  private void countIndexed(int pass, int passes) {
    DistinctUsers seen = new DistinctUsers();
    List<UUID> lot = new ArrayList<>();
    new IndexChunks(servers, keys, meta.id())
        .forEach(
            (shard, field, chunk) -> {
              for (UUID user : UserIndex.users(chunk)) {
                if (passes > 1 && Math.floorMod(ListDigest.hash(user), passes) != pass) {
                  continue;
                }
                if (seen.add(user)) {
                  lot.add(user);
                }
              }
              if (lot.size() >= ManyKeys.LOT) {
                addPresent(lot);
              }
            });
    addPresent(lot);
  }

  private void addPresent(List<UUID> lot) {
    List<byte[]> named = new ArrayList<>(lot.size());
    lot.forEach(user -> named.add(layout.keyForm().key(start, user)));
    List<byte[]> present = many.present(named);
    if (present.size() == named.size()) {
      lot.forEach(this::add);
    } else {
      present.forEach(key -> add(key, layout.keyForm(), start.length));
    }
    size(present);
    lot.clear();
  }

  private void scan(Predicate<ListDigest> expected) {
    for (int attempt = 1; ; attempt++) {
      digest = new ListDigest();
      sizes = new KeySizes();
      foreign = 0;
      new DatabaseScan(servers, keys, meta.id())
          .forEach(
              page -> {
                page.forEach(key -> add(key, layout.keyForm(), start.length));
                size(page);
              });
      if (expected.test(digest) || attempt == SCANS) {
        return;
      }
    }
  }

  private void size(List<byte[]> found) {
    sizes.add(found, some -> many.all(Command.MEMORY, USAGE, some));
  }

  private void add(byte[] key, UuidForm form, int at) {
    Optional<UUID> user = form.find(key, at);
    user.ifPresentOrElse(this::add, () -> foreign++);
  }

  private void add(UUID user) {
    digest.add(user);
    if (samples.size() < SAMPLES) {
      samples.add(user);
    }
  }
}
