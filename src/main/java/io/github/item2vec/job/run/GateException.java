package io.github.item2vec.job.run;

/** The quality gate refused to publish; the message names metric, values and the gate. */
public final class GateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GateException(String message) {
    super(message);
  }
}
