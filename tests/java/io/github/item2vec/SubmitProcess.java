package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** submit.sh in a process of its own, as a user calls it. */
final class SubmitProcess {
  private static final Path CLASSES = Path.of("target", "spark-classes.jsa");
  private static boolean archived;

  private SubmitProcess() {}

  /** Its words on both streams go to the file. */
  static Process start(File log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("./submit.sh"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  /** Once for all: {@code share-classes}, with which whatever starts later starts sooner. */
  static synchronized void shareClasses(Path directory) throws Exception {
    if (archived) {
      return;
    }
    Files.deleteIfExists(CLASSES);
    File log = directory.resolve("share-classes.log").toFile();
    Process process = start(log, "share-classes");
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("finished in time").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    assertThat(CLASSES).exists();
    archived = true;
  }
}
