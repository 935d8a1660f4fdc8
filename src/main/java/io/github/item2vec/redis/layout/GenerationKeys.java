package io.github.item2vec.redis.layout;

import io.github.item2vec.redis.server.Utf8;
import java.io.Serializable;
import java.util.UUID;

/**
 * The names of all keys under a prefix. Immutable; used on the driver and inside tasks.
 *
 * @param prefix put before every key, as UTF-8; may be empty
 */
public record GenerationKeys(String prefix) implements Serializable {
  /** Between an id and what follows in the keys of similar items. */
  static final String SIMILAR = ":similar-items";

  /** Holds the id of the generation that readers of a layout follow. */
  public byte[] pointer(ValueLayout layout) {
    return Utf8.bytes(prefix + layout + ":current");
  }

  /** Set of the ids of all generations that may have keys. */
  public byte[] registry() {
    return Utf8.bytes(prefix + "generations");
  }

  /** The id that was given last. */
  public byte[] last() {
    return Utf8.bytes(prefix + "last");
  }

  /** Held by the one run that may publish under the prefix. */
  public byte[] lease() {
    return Utf8.bytes(prefix + "lease");
  }

  /**
   * What the lease held last, kept when it is given back or lapses: so a run sees whether another
   * has published since. In the lease's slot.
   */
  public byte[] fence() {
    return Utf8.bytes(prefix + "fence:{" + prefix + "lease}");
  }

  /** HASH of the generations that were removed a while ago: late writes may have brought keys. */
  public byte[] removed() {
    return Utf8.bytes(prefix + "removed");
  }

  /**
   * Held together with the lease by the one run that may move that layout's pointer, and in a
   * cluster in the pointer's slot.
   */
  public byte[] owner(ValueLayout layout) {
    return Utf8.bytes(prefix + layout + ":owner:{" + prefix + layout + ":current}");
  }

  /**
   * What the keys of a generation's similar items are made of, in place of its id: lists of items,
   * as a generation's own are lists of users. No key that begins with it is as long as a user's, so
   * that no user can be named like one.
   */
  public static String similar(String generation) {
    return generation + SIMILAR;
  }

  /** The generation that similar items belong to; of an id, that id. */
  public static String whole(String generation) {
    return generation.endsWith(SIMILAR)
        ? generation.substring(0, generation.length() - SIMILAR.length())
        : generation;
  }

  /** HASH that describes a generation. */
  public byte[] meta(String generation) {
    return Utf8.bytes(start(generation) + "meta");
  }

  /** STRING with the 16-byte UUID of each catalogue index. */
  public byte[] dictionary(String generation) {
    return Utf8.bytes(start(generation) + "items");
  }

  /** One of the HASHes that say which users a generation has keys of, see {@link UserIndex}. */
  public byte[] index(String generation, int shard) {
    return Utf8.bytes(start(generation) + "index:%02x".formatted(shard));
  }

  public byte[] user(String generation, UuidForm form, UUID user) {
    return form.key(Utf8.bytes(start(generation)), user);
  }

  /** HASH with the lists of some users. */
  public byte[] bucket(String generation, int bucket) {
    return Utf8.bytes(start(generation) + "%08x".formatted(bucket));
  }

  /** What SCAN matches for all keys of a generation. */
  public byte[] pattern(String generation) {
    return Utf8.bytes(start(generation).replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + "*");
  }

  /** What all keys of a generation start with. */
  public String start(String generation) {
    return prefix + generation + ":";
  }
}
