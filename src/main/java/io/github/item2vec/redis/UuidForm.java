package io.github.item2vec.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** How a UUID is written into a key or a list. Pure functions, used on the driver and in tasks. */
enum UuidForm {
  /** 36 ASCII characters, lower case. */
  TEXT {
    @Override
    byte[] bytes(UUID id) {
      return id.toString().getBytes(StandardCharsets.US_ASCII);
    }
  },

  /** 16 bytes, big-endian as RFC 9562 says; Python: {@code uuid.UUID(bytes=...)}. */
  BINARY {
    @Override
    byte[] bytes(UUID id) {
      return ByteBuffer.allocate(BYTES)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .array();
    }
  };

  /** Length of {@link #BINARY}. */
  static final int BYTES = 2 * Long.BYTES;

  abstract byte[] bytes(UUID id);
}
