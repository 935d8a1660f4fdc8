package io.github.item2vec.redis.server;

/** Keys in messages: printable ASCII as it is, other bytes as redis-cli escapes them. */
public final class KeyText {
  private KeyText() {}

  public static String of(byte[] key) {
    StringBuilder text = new StringBuilder();
    for (byte b : key) {
      text.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : "\\x%02x".formatted(b));
    }
    return text.toString();
  }
}
