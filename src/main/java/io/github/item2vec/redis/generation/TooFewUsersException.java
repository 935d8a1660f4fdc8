package io.github.item2vec.redis.generation;

import io.github.item2vec.text.Printable;

/**
 * A generation has far fewer users than the one that it would replace, see {@link UsersShare}:
 * nothing was published. The message is one line: both counts, the limit, where, and what to do.
 */
public final class TooFewUsersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooFewUsersException(String message) {
    super(Printable.of(message));
  }
}
