package io.github.item2vec.job.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.tune.JournalFile;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopJournalTest {
  @TempDir java.nio.file.Path directory;

  /** A view of the local disk, which Hadoop takes for a file system of its own kind. */
  @Test
  void aFileSystemThatIsNotLocalKeepsTheJournalToo() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.viewfs.mounttable.test.link./data", directory.toUri().toString());
    Path path = new Path("viewfs://test/data/study/journal.log");
    try (JournalFile journal = HadoopJournal.open(hadoop, path)) {
      assertThat(journal).isInstanceOf(HadoopJournal.class);
      assertThat(journal.read()).isEmpty();
      journal.append(bytes("one\n"));
      journal.append(bytes("two\nth"));
      journal.truncate(8);
    }
    try (JournalFile journal = HadoopJournal.open(hadoop, path)) {
      assertThat(journal.read()).isEqualTo(bytes("one\ntwo\n"));
      journal.append(bytes("three\n"));
      assertThat(journal.read()).isEqualTo(bytes("one\ntwo\nthree\n"));
    }
    assertThat(directory.resolve("study")).isDirectoryContaining("glob:**/journal.log");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
