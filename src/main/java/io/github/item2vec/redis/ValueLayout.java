package io.github.item2vec.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The bytes of a user's key and of the list's members. Pure functions, used on the driver and
 * inside tasks.
 */
public enum ValueLayout {
  /** Keys are the prefix and the UUID's text, members the UUID's 36 ASCII characters. */
  LIST_TEXT("list-text") {
    @Override
    byte[] member(UUID id) {
      return id.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    UUID decode(byte[] member) {
      UUID id = UUID.fromString(new String(member, StandardCharsets.US_ASCII));
      if (member.length != 36) { // fromString also takes shortened groups
        throw new IllegalArgumentException("a UUID has 36 characters, not " + member.length);
      }
      return id;
    }
  },

  /** Keys are the prefix and the UUID's 16 bytes, members 16 bytes, big-endian as RFC 9562 says. */
  LIST_BINARY("list-binary") {
    @Override
    byte[] member(UUID id) {
      return ByteBuffer.allocate(2 * Long.BYTES)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .array();
    }

    @Override
    UUID decode(byte[] member) {
      if (member.length != 2 * Long.BYTES) {
        throw new IllegalArgumentException("a UUID has 16 bytes, not " + member.length);
      }
      ByteBuffer bytes = ByteBuffer.wrap(member);
      return new UUID(bytes.getLong(), bytes.getLong());
    }
  };

  private final String text;

  ValueLayout(String text) {
    this.text = text;
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

  /** The key of a user: the prefix in UTF-8, then the user's UUID as this layout writes one. */
  byte[] key(String prefix, UUID user) {
    byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] end = member(user);
    byte[] key = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, key, start.length, end.length);
    return key;
  }

  /** One member of a list. */
  abstract byte[] member(UUID id);

  /**
   * The UUID that a member stands for.
   *
   * @throws IllegalArgumentException when the bytes are of another layout
   */
  abstract UUID decode(byte[] member);

  /** The name used in configuration, on the command line and in reports. */
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
