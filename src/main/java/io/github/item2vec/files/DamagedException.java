package io.github.item2vec.files;

/** Saved files are not what was saved: the message says which, what is wrong and what helps. */
public final class DamagedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public DamagedException(String message) {
    super(message);
  }

  public DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
