package io.github.item2vec.redis.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The users that a generation has keys of, kept inside it, so that it can be counted and removed
 * without a look at the rest of the database: HASHes of fixed names ({@value #SHARDS} at most),
 * each field a chunk of a task's users, the value their UUIDs, 16 bytes each. A chunk is stored
 * before the keys that it names, and again after them. {@code bucketed} needs none: its keys are
 * numbers. About 16.5 bytes a user. Pure functions.
 */
public final class UserIndex {
  /** HASHes of a generation; a chunk's number and its task decide which. */
  public static final int SHARDS = 64;

  /** Users of a chunk, at most: what fits a batch with the chunk itself and the fence. */
  public static final int CHUNK_USERS = 497;

  private static final int CHUNKS_IN_A_ROW = 16;
  private static final int FIELD_BYTES = 80;

  private UserIndex() {}

  /** Few tasks fill few HASHes, long tasks all. */
  public static int shard(int partition, int chunk) {
    return Math.floorMod(partition + chunk / CHUNKS_IN_A_ROW, SHARDS);
  }

  /** Another for each attempt of a task: what two attempts wrote stands beside each other. */
  public static byte[] field(long attempt, int chunk) {
    return (attempt + "." + chunk).getBytes(StandardCharsets.US_ASCII);
  }

  /** The users of a chunk's value; bytes that are no whole UUID are left out. */
  public static List<UUID> users(byte[] chunk) {
    List<UUID> users = new ArrayList<>(chunk.length / UuidForm.BYTES);
    ByteBuffer bytes = ByteBuffer.wrap(chunk);
    while (bytes.remaining() >= UuidForm.BYTES) {
      users.add(new UUID(bytes.getLong(), bytes.getLong()));
    }
    return users;
  }

  /** Memory of the index of that many users, roughly. */
  static double bytes(long users) {
    return users * (UuidForm.BYTES + (double) FIELD_BYTES / CHUNK_USERS);
  }
}
