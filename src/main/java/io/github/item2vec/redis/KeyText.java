package io.github.item2vec.redis;

/** Keys in messages: printable ASCII as it is, other bytes as redis-cli escapes them. */
final class KeyText {
  private KeyText() {}

  static String of(byte[] key) {
    StringBuilder text = new StringBuilder();
    for (byte b : key) {
      text.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : "\\x%02x".formatted(b));
    }
    return text.toString();
  }
}
