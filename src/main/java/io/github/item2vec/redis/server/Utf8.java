package io.github.item2vec.redis.server;

import java.nio.charset.StandardCharsets;

/** Texts as Redis holds them. Used on the driver and inside tasks. */
public final class Utf8 {
  private Utf8() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a reply; "" where Redis has none. */
  public static String text(Object reply) {
    return reply == null ? "" : new String((byte[]) reply, StandardCharsets.UTF_8);
  }
}
