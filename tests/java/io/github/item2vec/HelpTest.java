package io.github.item2vec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line says of itself. */
class HelpTest {
  @TempDir Path directory;

  static Stream<CommandLine> commands() {
    CommandLine root = Main.commandLine();
    return Stream.concat(Stream.of(root), root.getSubcommands().values().stream());
  }

  /** Each word of a description stands whole in some line: "report.html" is not cut at its dot. */
  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsEightyColumnsAndCutsNoWord(CommandLine command) {
    String help = command.getUsageMessage();
    List<String> words = List.of(help.split("\\s+", -1));

    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        Arrays.stream(option.description())
            .flatMap(text -> Arrays.stream(text.split("\\s+", -1)))
            .filter(word -> !word.contains("${"))
            .forEach(word -> assertThat(words).contains(word));
      }
    }
    for (String line : command.getCommandSpec().usageMessage().description()) {
      assertThat(words).contains(line.split("\\s+", -1));
    }
  }

  @Test
  void anOptionThatACommandDoesNotUseIsNotInItsHelp() {
    assertThat(help("show")).contains("--user=ID", "--redis").doesNotContain("--input");
    assertThat(help("generations")).contains("--redis").doesNotContain("--output", "--input");
    assertThat(help("report"))
        .startsWith("Usage: ./submit.sh report RUN_A RUN_B [OPTIONS]\n")
        .containsOnlyOnce("RUN_A   ")
        .contains("--html=FILE")
        .doesNotContain("--output=");
    assertThat(help("export")).contains("--to=PATH", "--output").doesNotContain("--redis");
    assertThat(help("tune")).contains("--input").doesNotContain("--redis");
    assertThat(
            Main.commandLine()
                .parseArgs("generations", "--output", "out")
                .subcommand()
                .matchedOptionValue("--output", ""))
        .isEqualTo("out"); // taken all the same: scripts give all commands the same options
  }

  private static String help(String command) {
    return Main.commandLine().getSubcommands().get(command).getUsageMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "rn,did you mean 'run'?",
    "generation,did you mean 'generations'?",
    "run --inptu=x,did you mean '--input'?",
    "show --usr 3,did you mean '--user'?",
    "generations --inptu x,Unknown option",
    "report a b --htm x,did you mean '--html'?",
    "report a,Missing required parameter",
    "xyzzy,Unmatched argument"
  })
  void aMistypedWordIsAnsweredWithTheNearest(String words, String answer) {
    Said said = said(words.split(" ", -1));

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.errors()).contains(answer, "--help");
    assertThat(said.errors().lines().count()).isLessThanOrEqualTo(3);
    if (!answer.startsWith("did")) {
      assertThat(said.errors()).doesNotContain("did you mean");
    }
  }

  @Test
  void theCompletionScriptCompletes() throws Exception {
    Path script = Files.writeString(directory.resolve("completion"), said("completion").out());

    assertThat(completed(script, "submit.sh", "ev")).isEqualTo("evaluate");
    assertThat(completed(script, "submit.sh", "report", "--ht")).isEqualTo("--html");
    assertThat(completed(script, "submit.sh", "run", "--in")).isEqualTo("--input");
  }

  private static String completed(Path script, String... words)
      throws IOException, InterruptedException {
    String ask =
        "source '%s' && COMP_WORDS=(%s) COMP_CWORD=%d && _complete_submit && echo ${COMPREPLY[@]}"
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash =
        new ProcessBuilder("bash", "-c", ask)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return answer.strip();
  }

  private record Said(int code, String out, String errors) {}

  private static Said said(String... words) {
    PrintStream out = System.out;
    PrintStream errors = System.err;
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    System.setOut(new PrintStream(ours, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(theirs, true, StandardCharsets.UTF_8));
    try {
      int code = Main.execute(words);
      return new Said(
          code, ours.toString(StandardCharsets.UTF_8), theirs.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(errors);
    }
  }
}
