package io.github.item2vec.redis.layout;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a user's list is stored; {@code src/site/markdown/redis.md} specifies the bytes. Used on the
 * driver and inside tasks.
 */
public enum ValueLayout {
  /** LIST of the items' UUIDs as 36 ASCII characters; the user's UUID as text in the key. */
  LIST_TEXT("list-text", UuidForm.TEXT),

  /** LIST of the items' UUIDs as 16 bytes; the user's UUID as 16 bytes in the key. */
  LIST_BINARY("list-binary", UuidForm.BINARY),

  /** STRING of 16-byte UUIDs, one after the other. */
  PACKED("packed", UuidForm.BINARY),

  /** STRING of catalogue indices of 1 to 4 whole bytes; one dictionary a generation. */
  INDEXED("indexed", UuidForm.BINARY),

  /** HASH of about 64 users, field the user's UUID as 16 bytes, value bit-packed indices. */
  BUCKETED("bucketed", UuidForm.BINARY);

  /** Users that a bucket has on average: more are read more slowly, fewer take more memory. */
  public static final int BUCKET_USERS = 64;

  private final String text;
  private final UuidForm keyForm;

  ValueLayout(String text, UuidForm keyForm) {
    this.text = text;
    this.keyForm = keyForm;
  }

  /**
   * The layout of that name.
   *
   * @throws IllegalArgumentException naming the allowed ones
   */
  public static ValueLayout of(String name) {
    return Arrays.stream(values())
        .filter(layout -> layout.text.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /** How users' UUIDs are written into keys when nothing else is asked for. */
  public UuidForm keyForm() {
    return keyForm;
  }

  public boolean list() {
    return this == LIST_TEXT || this == LIST_BINARY;
  }

  /** Whether lists may have their scores with them. */
  public boolean holdsScores() {
    return !list();
  }

  /** Whether values are indices into a dictionary, so that the catalogue must be known. */
  public boolean indices() {
    return this == INDEXED || this == BUCKETED;
  }

  public boolean buckets() {
    return this == BUCKETED;
  }

  /**
   * Bits of one item in a packed value, for a catalogue of that size: as many as its indices need,
   * whole bytes in {@link #INDEXED}; at least 8, so that a value's length tells its items.
   */
  public int itemBits(int catalogue) {
    if (!indices()) {
      return UuidForm.BYTES * Byte.SIZE;
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, catalogue - 1));
    int whole = (bits + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
    return this == INDEXED ? whole : Math.max(Byte.SIZE, bits);
  }

  /** The name used in configuration, on the command line, in keys and in reports. */
  @Override
  public String toString() {
    return text;
  }

  private static String unknown(String name) {
    String allowed =
        Arrays.stream(values()).map(ValueLayout::toString).collect(Collectors.joining(", "));
    return "unknown layout '" + name + "', expected one of: " + allowed;
  }
}
