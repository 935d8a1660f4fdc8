package io.github.item2vec.config;

import io.github.item2vec.text.Address;
import io.github.item2vec.text.Printable;

/**
 * A configuration that cannot be used; the message names key, value and constraint. Exit code 2.
 * Control characters in the message are escaped, passwords in addresses masked, and it is cut at
 * {@value #LONGEST} characters, as values of any kind and length stand in it.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 2000;

  public ConfigException(String message) {
    super(shown(message));
  }

  public ConfigException(String message, Throwable cause) {
    super(shown(message), cause);
  }

  private static String shown(String message) {
    String text =
        Printable.of(Address.maskedIn(message)); // before it is cut, or half a login stays
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
