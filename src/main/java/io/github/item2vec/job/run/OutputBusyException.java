package io.github.item2vec.job.run;

/** Another run is at work on the output directory, or has taken it over. */
final class OutputBusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutputBusyException(String message) {
    super(message);
  }
}
