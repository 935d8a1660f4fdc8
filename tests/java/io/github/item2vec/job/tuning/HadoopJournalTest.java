package io.github.item2vec.job.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.job.run.Failure;
import io.github.item2vec.job.run.OutputBusyException;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.tune.JournalFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopJournalTest {
  private static final String JOURNAL = "study/journal.log";

  private static final AtomicInteger VIEWS = new AtomicInteger();

  @TempDir Path directory;

  /** A view of the local disk, which Hadoop takes for a file system of its own kind, and keeps. */
  private final String view = "view" + VIEWS.incrementAndGet();

  @Test
  void aFileSystemThatIsNotLocalKeepsTheJournalToo() {
    Configuration hadoop = view();
    try (RunOutput output = RunOutput.open(hadoop, "viewfs://" + view + "/data", "one");
        JournalFile journal = HadoopJournal.open(hadoop, output, JOURNAL)) {
      assertThat(journal).isInstanceOf(HadoopJournal.class);
      assertThat(journal.read()).isEmpty();
      journal.append(bytes("one\n"));
      journal.append(bytes("two\nth"));
      journal.truncate(8);
    }
    try (RunOutput output = RunOutput.open(hadoop, "viewfs://" + view + "/data", "two");
        JournalFile journal = HadoopJournal.open(hadoop, output, JOURNAL)) {
      assertThat(journal.read()).isEqualTo(bytes("one\ntwo\n"));
      journal.append(bytes("three\n"));
      assertThat(journal.read()).isEqualTo(bytes("one\ntwo\nthree\n"));
    }
    assertThat(directory.resolve("study")).isDirectoryContaining("glob:**/journal.log");
  }

  @Test
  void whoLostTheOutputWritesNoEventOverTheFollowers() throws IOException {
    Configuration hadoop = view();
    try (RunOutput stalled = RunOutput.open(hadoop, "viewfs://" + view + "/data", "stalled");
        JournalFile journal = HadoopJournal.open(hadoop, stalled, JOURNAL)) {
      journal.append(bytes("one\n"));
      Files.writeString(directory.resolve(".run/2.lease"), "x\n0\nthe follower");
      Files.writeString(directory.resolve(JOURNAL), "one\ntwo\n");

      assertThatThrownBy(() -> journal.append(bytes("late\n")))
          .isInstanceOf(OutputBusyException.class)
          .hasMessageContaining("run 'the follower' has taken it over");
    }
    assertThat(directory.resolve(JOURNAL)).hasContent("one\ntwo\n");
  }

  @Test
  void aStudyThatAnotherProcessHasOpenIsBusy() {
    Configuration hadoop = new Configuration();
    try (JournalFile first = JournalFile.local(directory.resolve(JOURNAL));
        RunOutput output = RunOutput.open(hadoop, directory.toString(), "second")) {
      assertThat(first.read()).isEmpty();
      assertThatThrownBy(() -> HadoopJournal.open(hadoop, output, JOURNAL))
          .isInstanceOf(OutputBusyException.class)
          .hasMessageContaining("another process is at work on this study")
          .satisfies(failure -> assertThat(Failure.exitCode(failure)).isEqualTo(6));
    }
  }

  private Configuration view() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.viewfs.mounttable." + view + ".link./data", directory.toUri().toString());
    return hadoop;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
