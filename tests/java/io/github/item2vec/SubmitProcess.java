package io.github.item2vec;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** submit.sh in a process of its own, as a user calls it. */
final class SubmitProcess {
  private SubmitProcess() {}

  /** Its words on both streams go to the file. */
  static Process start(File log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("./submit.sh"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }
}
