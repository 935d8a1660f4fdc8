package io.github.item2vec.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of a server, cut into its parts: {@code [SCHEME://][LOGIN@]REST}. Whoever reads one
 * cuts it here, and whoever prints one prints {@link #masked}, so that what counts as the password
 * is what is masked. The login ends at the last {@code @}, its user at the first colon.
 *
 * @param scheme in lower case; empty when there is none
 * @param login as written, maybe %-encoded; null when there is none
 * @param rest host, port and what follows
 */
public record Address(String scheme, String login, String rest) {
  /** What stands in a password's place. */
  public static final String MASK = "***";

  private static final Pattern PARTS =
      Pattern.compile("(?s)(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:(.*)@)?([^@]*)");

  private static final Pattern OURS = Pattern.compile("(?i)rediss?(?:-sentinel)?://");

  /** In messages that say how an address is written; as long as what stands in for it. */
  private static final String FORM = "[user[:password]@]";

  private static final String HIDDEN_FORM = "[user[:password]?]";
  private static final Pattern MASKED = Pattern.compile("(?:[^\\s@:]*:)?\\*\\*\\*@[^\\s@]*");

  /** Cuts any text; blanks around it do not count. */
  public static Address of(String text) {
    Matcher parts = PARTS.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalStateException("every text has a rest");
    }
    String scheme = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
    return new Address(scheme, parts.group(2), parts.group(3));
  }

  /** Whether the login has a password, which may be empty. */
  public boolean hasPassword() {
    return login != null && login.indexOf(':') >= 0;
  }

  /** The user, as written; empty when there is none. */
  public String user() {
    return !hasPassword() ? (login == null ? "" : login) : login.substring(0, login.indexOf(':'));
  }

  /** The password, as written; empty when there is none. */
  public String password() {
    return hasPassword() ? login.substring(login.indexOf(':') + 1) : "";
  }

  /**
   * The address for people to read. A login without a colon may be a password that was meant for
   * one, and so may a login without a scheme: both are masked as a whole, and so is a query.
   */
  public String masked() {
    String shown = "";
    if (login != null) {
      boolean user = hasPassword() && !scheme.isEmpty();
      shown = (user ? user() + ":" : "") + MASK + "@";
    }
    int query = rest.indexOf('?');
    String place = query < 0 ? rest : rest.substring(0, query) + "?" + MASK;
    return Printable.line((scheme.isEmpty() ? "" : scheme + "://") + shown + place);
  }

  /** The same as {@link #masked}: nothing prints a login by accident. */
  @Override
  public String toString() {
    return masked();
  }

  /** Whether a Redis' address begins anywhere in a text. */
  public static boolean isIn(String text) {
    return OURS.matcher(text).find();
  }

  /**
   * A text with a Redis' address anywhere in it, masked: from the scheme to the last {@code @} of
   * the text, because a password may hold blanks, slashes and {@code @}. What is masked already
   * stays as it is.
   */
  public static String maskedIn(String text) {
    StringBuilder shown = new StringBuilder();
    Matcher scheme = OURS.matcher(text);
    int from = 0;
    while (scheme.find(from)) {
      int login = scheme.end();
      Matcher masked = MASKED.matcher(text).region(login, text.length());
      int last = text.replace(FORM, HIDDEN_FORM).lastIndexOf('@');
      if (masked.lookingAt()) {
        shown.append(text, from, masked.end());
        from = masked.end();
      } else if (last >= login) {
        return shown.append(text, from, login) + MASK + text.substring(last);
      } else {
        break;
      }
    }
    return shown.append(text, from, text.length()).toString();
  }
}
