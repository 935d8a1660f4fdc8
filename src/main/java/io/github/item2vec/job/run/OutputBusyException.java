package io.github.item2vec.job.run;

/** Another run is at work on the output directory, or has taken it over. */
public final class OutputBusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OutputBusyException(String message) {
    super(message);
  }

  public OutputBusyException(String message, Throwable cause) {
    super(message, cause);
  }
}
