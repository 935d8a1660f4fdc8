package io.github.item2vec.config;

/**
 * A configuration that cannot be used; the message names key, value and constraint. Exit code 2.
 * Control characters in the message are escaped and it is cut at {@value #LONGEST} characters, as
 * values of any kind and length stand in it.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 2000;

  public ConfigException(String message) {
    super(printable(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  private static String printable(String message) {
    StringBuilder text = new StringBuilder();
    String kept = message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    kept.chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                text.append("\\u%04x".formatted(c));
              } else {
                text.append((char) c);
              }
            });
    return text.toString();
  }
}
