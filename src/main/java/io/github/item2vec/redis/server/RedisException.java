package io.github.item2vec.redis.server;

import io.github.item2vec.text.Printable;

/**
 * Redis did not do what was asked. The message is one line: what failed, on which server, and the
 * one thing to fix. It never holds a password, and control characters are escaped in it. Thrown on
 * the driver and inside tasks.
 */
public final class RedisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that has no exception behind it. */
  public RedisException(String message) {
    super(Printable.of(message));
  }

  /** A failure with the exception that tells more in a stack trace. */
  public RedisException(String message, Throwable cause) {
    super(Printable.of(message), cause);
  }
}
