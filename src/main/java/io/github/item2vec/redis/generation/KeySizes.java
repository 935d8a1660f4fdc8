package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.MemoryForecast;
import java.util.List;
import java.util.function.Function;

/**
 * Memory of many keys from that of the first of them, in the order of a SCAN, which is that of
 * their hashes and so a fair sample. Unlike the growth of the server's used memory it has nothing
 * in it of other clients, or of the tables that a server makes at the first use of a command.
 */
final class KeySizes {
  private static final int SIZED = 10_000;

  private long keys;
  private long sized;
  private long sizedBytes;

  /**
   * @param memory MEMORY USAGE of each; null for a key that is gone
   */
  void add(List<byte[]> found, Function<List<byte[]>, List<Object>> memory) {
    keys += found.size();
    if (sized < SIZED) {
      sized += found.size();
      for (Object bytes : memory.apply(found)) {
        sizedBytes += bytes == null ? 0 : (long) bytes;
      }
    }
  }

  long bytes(boolean expires) {
    return sized == 0
        ? 0
        : Math.round((double) sizedBytes / sized * keys + MemoryForecast.besideKeys(keys, expires));
  }
}
