package io.github.item2vec.text;

/**
 * What Spark is not to show in its UI, event log and plans: keys and values that match are shown as
 * {@code *********(redacted)}.
 */
public final class Redaction {
  /**
   * Our keys, whatever a user has put in place of Spark's own expression, and, in values of any
   * key, an address with a login: the command line that started the driver is such a value.
   */
  static final String OURS =
      "(?i)password|redis[.]auth|^target$"
          + "|(?:rediss?(?:-sentinel)?://|--redis[= ]|publish[.]target=)(?s:.*)@";

  private Redaction() {}

  /** An expression that also matches what the given one does; adding twice adds once. */
  public static String with(String expression) {
    return expression.contains(OURS)
        ? expression
        : expression.isEmpty() ? OURS : "(?:" + expression + ")|(?:" + OURS + ")";
  }
}
