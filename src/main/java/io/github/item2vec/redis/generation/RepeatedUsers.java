package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.Protocol.Command;

/**
 * Which users of an index's chunks are not to be read: those that an earlier chunk has too, because
 * a task was tried again, and those without a list, because the attempt ended before it wrote them.
 * Driver only; reads the index, of many users several times, so that its memory is bounded: a bit
 * for each user besides a set of some.
 */
final class RepeatedUsers {
  private static final int USERS_A_PASS = 1 << 22;

  private final PinnedGeneration generation;
  private final RedisServers servers;
  private final ManyKeys many;
  private final byte[] start;

  RepeatedUsers(PinnedGeneration generation, RedisServers servers) {
    this.generation = generation;
    this.servers = servers;
    this.many = new ManyKeys(servers);
    this.start = Utf8.bytes(generation.keys().start(generation.id()));
  }

  /** The same chunks, with what is to be left out of each. */
  List<Slice.Chunk> leftOut(List<Slice.Chunk> chunks) {
    List<BitSet> leftOut = chunks.stream().map(chunk -> new BitSet()).toList();
    int passes = Math.toIntExact(generation.users() / USERS_A_PASS + 1);
    for (int pass = 0; pass < passes; pass++) {
      DistinctUsers seen = new DistinctUsers();
      for (int i = 0; i < chunks.size(); i++) {
        look(chunks.get(i), pass, passes, seen, leftOut.get(i));
      }
    }
    List<Slice.Chunk> looked = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      Slice.Chunk chunk = chunks.get(i);
      looked.add(new Slice.Chunk(chunk.shard(), chunk.field(), chunk.users(), leftOut.get(i)));
    }
    return looked;
  }

  private void look(Slice.Chunk chunk, int pass, int passes, DistinctUsers seen, BitSet leftOut) {
    List<UUID> users = users(servers, generation, chunk);
    List<Integer> places = new ArrayList<>();
    List<byte[]> keys = new ArrayList<>();
    for (int place = 0; place < users.size(); place++) {
      UUID user = users.get(place);
      if (Math.floorMod(ListDigest.hash(user), passes) != pass) {
        continue;
      }
      if (seen.add(user)) {
        places.add(place);
        keys.add(generation.layout().keyForm().key(start, user));
      } else {
        leftOut.set(place);
      }
    }
    List<Object> present = many.all(Command.EXISTS, keys);
    for (int i = 0; i < keys.size(); i++) {
      if ((long) present.get(i) == 0) {
        leftOut.set(places.get(i));
      }
    }
  }

  /** The users of a chunk, in their order. */
  static List<UUID> users(RedisServers servers, PinnedGeneration generation, Slice.Chunk chunk) {
    byte[] key = generation.keys().index(generation.id(), chunk.shard());
    byte[] field = chunk.field().getBytes(StandardCharsets.US_ASCII);
    Object value = servers.call(Command.HGET, key, field);
    if (value == null) {
      throw generation.missing(servers, "has lost a part of its index");
    }
    List<UUID> users = UserIndex.users((byte[]) value);
    if (users.size() != chunk.users()) {
      throw generation.missing(servers, "has another index than when the read was planned");
    }
    return users;
  }
}
