package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * Divides a whole generation into slices of about as many lists, whose number is known: of buckets
 * the server says how many users they have, of the index how long its chunks are. When these add up
 * to the users that were published, each stands there once; else {@link RepeatedUsers} looks.
 * Driver only; holds a name for each chunk or slice, no user.
 */
final class GenerationSlices {
  /** What a slice has at most: few seconds of work. */
  private static final int USERS_A_SLICE = 50_000;

  private final PinnedGeneration generation;
  private final RedisServers servers;
  private final ManyKeys many;

  GenerationSlices(PinnedGeneration generation, RedisServers servers) {
    this.generation = generation;
    this.servers = servers;
    this.many = new ManyKeys(servers);
  }

  /**
   * The slices.
   *
   * @param parallelism slices at least, if there is as much to share
   * @param most slices at most; 0 for no limit
   * @throws RedisException when lists are missing
   */
  List<Slice> all(int parallelism, long most) {
    generation.requireUnchanged(servers);
    long wanted = Math.max(parallelism, 1 + generation.users() / USERS_A_SLICE);
    long slices = most > 0 ? Math.min(most, wanted) : wanted;
    long each = Math.max(1, (generation.users() + slices - 1) / slices);
    return generation.layout().buckets() ? buckets(each) : chunks(each);
  }

  private List<Slice> buckets(long each) {
    List<Slice> slices = new ArrayList<>();
    int from = 0;
    long lists = 0;
    long total = 0;
    for (int lot = 0; lot < generation.buckets(); lot += ManyKeys.LOT) {
      List<byte[]> names =
          BucketNames.of(generation.keys(), generation.id(), lot, generation.buckets());
      List<Object> lengths = many.all(Command.HLEN, names);
      for (int i = 0; i < lengths.size(); i++) {
        lists += (long) lengths.get(i);
        total += (long) lengths.get(i);
        if (lists >= each) {
          slices.add(new Slice.Buckets(from, lot + i + 1, lists));
          from = lot + i + 1;
          lists = 0;
        }
      }
    }
    if (lists > 0) {
      slices.add(new Slice.Buckets(from, generation.buckets(), lists));
    }
    requireAll(total);
    return slices;
  }

  private List<Slice> chunks(long each) {
    if (!generation.indexed()) {
      throw new RedisException(
          "%s was written by an older version without an index and can only be read user by user: publish again, or filter by user"
              .formatted(generation));
    }
    List<Slice.Chunk> chunks = named();
    long total = chunks.stream().mapToLong(Slice.Chunk::users).sum();
    if (total > generation.users()) { // attempts of a task that was tried again
      chunks = new RepeatedUsers(generation, servers).leftOut(chunks);
      total = chunks.stream().mapToLong(Slice.Chunk::lists).sum();
    }
    requireAll(total);
    return divided(chunks, each);
  }

  private List<Slice.Chunk> named() {
    List<Slice.Chunk> chunks = new ArrayList<>();
    for (int shard = 0; shard < UserIndex.SHARDS; shard++) {
      byte[] key = generation.keys().index(generation.id(), shard);
      List<?> fields = (List<?>) servers.call(Command.HKEYS, key);
      for (int from = 0; from < fields.size(); from += ManyKeys.LOT) {
        List<byte[][]> calls = new ArrayList<>();
        for (Object field : fields.subList(from, Math.min(from + ManyKeys.LOT, fields.size()))) {
          calls.add(new byte[][] {key, (byte[]) field});
        }
        List<Object> lengths = many.each(Command.HSTRLEN, 0, calls);
        for (int i = 0; i < calls.size(); i++) {
          String field = new String(calls.get(i)[1], StandardCharsets.US_ASCII);
          int users = (int) ((long) lengths.get(i) / UuidForm.BYTES);
          chunks.add(new Slice.Chunk(shard, field, users, new BitSet()));
        }
      }
    }
    return chunks;
  }

  private static List<Slice> divided(List<Slice.Chunk> chunks, long each) {
    List<Slice> slices = new ArrayList<>();
    List<Slice.Chunk> some = new ArrayList<>();
    long lists = 0;
    for (Slice.Chunk chunk : chunks) {
      if (chunk.lists() > 0) {
        some.add(chunk);
        lists += chunk.lists();
      }
      if (lists >= each) {
        slices.add(new Slice.Chunks(List.copyOf(some)));
        some.clear();
        lists = 0;
      }
    }
    if (lists > 0) {
      slices.add(new Slice.Chunks(List.copyOf(some)));
    }
    return slices;
  }

  private void requireAll(long total) {
    if (total != generation.users()) {
      throw generation.missing(
          servers, "holds %,d lists instead of %,d".formatted(total, generation.users()));
    }
  }
}
