package io.github.item2vec.redis.layout;

import io.github.item2vec.redis.server.KeyText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** How a UUID is written into a key or a list. Pure functions, used on the driver and in tasks. */
public enum UuidForm {
  /** 36 ASCII characters, lower case. */
  TEXT {
    @Override
    void put(UUID id, byte[] into, int at) {
      int to = putHex(id.getMostSignificantBits(), 32, 8, into, at);
      to = putHex(id.getMostSignificantBits(), 16, 4, into, dash(into, to));
      to = putHex(id.getMostSignificantBits(), 0, 4, into, dash(into, to));
      to = putHex(id.getLeastSignificantBits(), 48, 4, into, dash(into, to));
      putHex(id.getLeastSignificantBits(), 0, 12, into, dash(into, to));
    }

    @Override
    int length() {
      return CHARACTERS;
    }

    @Override
    public Optional<UUID> find(byte[] from, int at) {
      return from.length - at == CHARACTERS
          ? Optional.ofNullable(parse(Arrays.copyOfRange(from, at, from.length)))
          : Optional.empty();
    }
  },

  /** 16 bytes, big-endian as RFC 9562 says; Python: {@code uuid.UUID(bytes=...)}. */
  BINARY {
    @Override
    void put(UUID id, byte[] into, int at) {
      ByteBuffer.wrap(into, at, BYTES)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits());
    }

    @Override
    int length() {
      return BYTES;
    }

    @Override
    public Optional<UUID> find(byte[] from, int at) {
      if (from.length - at != BYTES) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(from, at, BYTES);
      return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
    }
  };

  /** Length of {@link #BINARY}. */
  public static final int BYTES = 2 * Long.BYTES;

  private static final int CHARACTERS = 36;
  private static final byte[] DIGITS =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  abstract void put(UUID id, byte[] into, int at);

  /** Bytes that {@link #put} fills. */
  abstract int length();

  /** The UUID that starts at {@code at}; empty when the rest of the array is none in this form. */
  public abstract Optional<UUID> find(byte[] from, int at);

  /** The same of bytes that are known to be one. */
  public UUID read(byte[] from, int at) {
    return find(from, at)
        .orElseThrow(() -> new IllegalArgumentException("no UUID: " + KeyText.of(from)));
  }

  /** The bytes that all keys of a generation start with, then the UUID. */
  public byte[] key(byte[] start, UUID id) {
    byte[] key = Arrays.copyOf(start, start.length + length());
    put(id, key, start.length);
    return key;
  }

  public byte[] bytes(UUID id) {
    byte[] bytes = new byte[length()];
    put(id, bytes, 0);
    return bytes;
  }

  /** The UUID that the text stands for, in digits of either case; null when it is no UUID's. */
  static UUID parse(byte[] text) {
    if (text.length != CHARACTERS) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int at = 0; at < CHARACTERS; at++) {
      if (at == 8 || at == 13 || at == 18 || at == 23) {
        if (text[at] != '-') {
          return null;
        }
        continue;
      }
      int digit = text[at] < 0 ? -1 : Character.digit(text[at], 16);
      if (digit < 0) {
        return null;
      }
      if (at < 18) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    return new UUID(high, low);
  }

  private static int putHex(long value, int shift, int digits, byte[] into, int at) {
    for (int i = 0; i < digits; i++) {
      into[at + i] = DIGITS[(int) (value >>> (shift + 4 * (digits - 1 - i))) & 0xF];
    }
    return at + digits;
  }

  private static int dash(byte[] into, int at) {
    into[at] = '-';
    return at + 1;
  }
}
