package io.github.item2vec.job.console;

import java.util.Map;

/**
 * What submit.sh says in the environment of the process that it becomes. An environment may travel
 * on, to a driver in a cluster say, where terminal and file descriptors are others.
 */
final class SubmitEnvironment {
  private static final String PID = "ITEM2VEC_PID";

  private SubmitEnvironment() {}

  /** The environment, or nothing where it was made for another process. */
  static Map<String, String> ofThisProcess() {
    return of(System.getenv(), ProcessHandle.current().pid());
  }

  static Map<String, String> of(Map<String, String> environment, long pid) {
    return Long.toString(pid).equals(environment.get(PID)) ? environment : Map.of();
  }
}
