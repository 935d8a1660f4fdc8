package io.github.item2vec.text;

/**
 * Texts of others (ids, names, paths, messages) on their way to a terminal, a log or a file: what
 * would move the cursor, colour, hide or turn around what stands there is shown as an escape.
 */
public final class Printable {
  private Printable() {}

  /**
   * The text with each control character (C0, DEL, C1), each mark that turns the direction of
   * writing, each separator of lines and each half of a pair as {@code \}{@code uXXXX}; tabs and
   * line feeds stay. Empty for null.
   */
  public static String of(String text) {
    return escaped(text, false);
  }

  /** The same without tabs and line feeds: for a value inside a line or a table. */
  public static String line(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean oneLine) {
    if (text == null) {
      return "";
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (acts(c) && (oneLine || (c != '\n' && c != '\t'))) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean acts(int c) {
    return Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        || c == 0x2028
        || c == 0x2029
        || c == 0xFEFF
        || isDirection(c);
  }

  /** The marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
  private static boolean isDirection(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
