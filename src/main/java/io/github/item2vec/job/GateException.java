package io.github.item2vec.job;

/** The quality gate refused to publish; the message names metric, values and the gate. */
public final class GateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GateException(String message) {
    super(message);
  }
}
