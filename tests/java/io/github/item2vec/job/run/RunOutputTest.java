package io.github.item2vec.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.files.StrictRename;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the local disk, and on a view of it that Hadoop takes for a file system of another kind. */
class RunOutputTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenAppearsInThePlaceOfWhatWas(boolean local) throws IOException {
    try (RunOutput output = open(local, "one")) {
      Files.createDirectories(directory.resolve("model/old"));
      write("1/model/new");
      output.appear("model");
      assertThat(directory.resolve("model")).isDirectoryContaining("glob:**/new");
      assertThat(directory.resolve("model/old")).doesNotExist();

      write("1/ids/users/part");
      output.appear("ids/users");
      assertThat(directory.resolve("ids/users/part")).exists();

      Files.createDirectories(directory.resolve("rejected"));
      output.appear("rejected"); // nothing was written
      assertThat(directory.resolve("rejected")).doesNotExist();

      output.write("run.json", "a".getBytes(StandardCharsets.UTF_8));
      output.write("run.json", "b".getBytes(StandardCharsets.UTF_8));
      assertThat(directory.resolve("run.json")).hasContent("b");
    }
    assertThat(directory.resolve(".run/1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoLostTheOutputMovesNothingInAndNothingAway(boolean local) throws IOException {
    try (RunOutput stalled = open(local, "stalled")) {
      write("1/model/late");
      Files.createDirectories(directory.resolve("model"));
      Files.writeString(directory.resolve("model/follower"), "x");
      FileSystem files = path("").getFileSystem(hadoop(local));
      LeaseFiles leases = new LeaseFiles(files, path(".run"));
      leases.discardBefore(2); // as a follower does that the stalled run has not seen yet

      assertThatThrownBy(() -> StrictRename.move(files, path("model"), path(".run/1/former")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> StrictRename.move(files, path(".run/1/model"), path("elsewhere")))
          .isInstanceOf(IOException.class);

      assertThat(leases.create(2, "x\n1\nthe follower")).isTrue();
      assertThatThrownBy(() -> stalled.appear("model"))
          .isInstanceOf(OutputBusyException.class)
          .hasMessageContaining("run 'the follower'");
      assertThatThrownBy(() -> stalled.write("run.json", "late".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(OutputBusyException.class);
    }
    assertThat(directory.resolve("model/follower")).exists();
    assertThat(directory.resolve("model/late")).doesNotExist();
    assertThat(directory.resolve("run.json")).doesNotExist();
    assertThat(directory.resolve(".run/2.lease")).hasContent("x\n1\nthe follower");
  }

  private boolean viewed;

  private RunOutput open(boolean local, String run) {
    viewed = !local;
    return RunOutput.open(hadoop(local), path("").toString(), run);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    String root = viewed ? "viewfs://" + view() + "/data" : directory.toString();
    return new org.apache.hadoop.fs.Path(name.isEmpty() ? root : root + "/" + name);
  }

  /** A name of its own: Hadoop keeps file systems by name. */
  private String view() {
    return directory.getFileName().toString();
  }

  private Configuration hadoop(boolean local) {
    Configuration hadoop = new Configuration();
    if (!local) {
      hadoop.set("fs.viewfs.mounttable." + view() + ".link./data", directory.toUri().toString());
    }
    return hadoop;
  }

  private void write(String own) throws IOException {
    Path file = directory.resolve(".run").resolve(own);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}
