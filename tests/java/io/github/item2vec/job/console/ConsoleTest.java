package io.github.item2vec.job.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
  private final Locale before = Locale.getDefault();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final HandClock clock = new HandClock();

  /** A clock that is put forward by hand. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    void forward(double seconds) {
      now = now.plus(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @AfterEach
  void theLocaleAsBefore() {
    Locale.setDefault(before);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Terminal terminal(int columns) {
    return new Terminal(Terminal.Kind.COLOURED, columns);
  }

  @Test
  void inAPipeEachLineIsWholeAndHasItsTime() {
    Locale.setDefault(Locale.GERMANY);
    Console console = new PlainConsole(() -> out, clock);
    Console.Stage read = console.begin("read", "u.data");
    clock.forward(1.25);
    console.say("separator\n'tab'");
    read.done("3 rows");
    Console.Stage train = console.begin("train", "item2vec");
    console.progress(new Console.Progress(0.1, "epoch 1 of 10")); // too soon after the last line
    clock.forward(10);
    console.progress(new Console.Progress(0.5, "epoch 5 of 10"));
    console.warn("careful");
    train.close();

    assertThat(text().lines())
        .containsExactly(
            "12:00:00 read       u.data",
            "12:00:01            separator\\u000a'tab'",
            "12:00:01 read       done in 1.3 s: 3 rows",
            "12:00:01 train      item2vec",
            "12:00:11 train      epoch 5 of 10",
            "12:00:11 warning    careful",
            "12:00:11 train      failed after 10.0 s");
  }

  @Test
  void onATerminalAStageIsOneLine() {
    Locale.setDefault(Locale.GERMANY);
    Console console = new LiveConsole(out, terminal(60), clock);
    Console.Stage train = console.begin("train", "item2vec");
    clock.forward(2);
    console.progress(new Console.Progress(0.5, "epoch 5 of 10"));
    assertThat(Screen.lines(text()))
        .containsExactly(
            "{36}train      {0}{36}#########{0}{2}----------{0} epoch 5 of 10     {2}     2.0 s{0}");
    clock.forward(1234);
    console.say("one thing");
    train.done("10 epochs");
    console.begin("save", "out").close();

    assertThat(Screen.lines(text()))
        .containsExactly(
            "{1}train      {0}item2vec: 10 epochs                   {2} 1,236.0 s{0}",
            "           {2}one thing{0}",
            "{31}save       {0}out: failed                           {2}     0.0 s{0}",
            "");
  }

  /** What came of it is whole; of a path the end is shown. */
  @Test
  void ofALongPathTheEndIsShown() {
    Console console = new LiveConsole(out, new Terminal(Terminal.Kind.LIVE, 60), clock);
    Console.Stage read =
        console.begin("read", "hdfs://namenode.example.org:8020/ratings/2026/u.data");
    assertThat(Screen.lines(text()).get(0))
        .isEqualTo("read       ...xample.org:8020/ratings/2026/u.data     0.0 s");
    read.done("100,000 rows, 5 of them kept");

    assertThat(Screen.lines(text()).get(0))
        .isEqualTo("read       100,000 rows, 5 of them kept               0.0 s");
  }

  /** No figure is cut in two. */
  @Test
  void ofProgressWholePartsAreShown() {
    Console console = new LiveConsole(out, new Terminal(Terminal.Kind.LIVE, 80), clock);
    console.begin("train", "item2vec");
    console.progress(
        new Console.Progress(0.12, "epoch 12 of 100, 106 s left, loss 5.8923, 9 items/s"));

    assertThat(Screen.lines(text()).get(0))
        .isEqualTo(
            "train      ##------------------ epoch 12 of 100, 106 s left               0.0 s");
  }

  @Test
  void whatOthersWriteStandsAboveTheLine() {
    LiveConsole console = new LiveConsole(out, new Terminal(Terminal.Kind.LIVE, 50), clock);
    PrintStream others = console.streamForOthers();
    Console.Stage read = console.begin("read", "u.data");
    others.print("12:00:00 WARN half a ");
    others.println("line");
    console.tell("trial 3", "0.03");
    console.warn("a b");
    read.done("");
    others.print("the end");
    others.close();

    assertThat(Screen.lines(text()))
        .containsExactly(
            "12:00:00 WARN half a line",
            "trial 3    0.03",
            "warning    a b",
            "read       u.data                           0.0 s",
            "the end",
            "");
    assertThat(text()).doesNotContain("\u001b[3", "\u001b[1", "\u001b[2");
  }

  /** A line as wide as the screen would begin the next one, and stay. */
  @ParameterizedTest
  @ValueSource(ints = {40, 60, 79, 80, 81, 200})
  void noRedrawnLineIsAsWideAsTheScreen(int columns) {
    LiveConsole console = new LiveConsole(out, terminal(columns), clock);
    Console.Stage stage = console.begin("recommend", "/a/long/path".repeat(30));
    console.progress(new Console.Progress(2, "epoch 10 of 10, 0 s left ".repeat(10)));
    console.progress(new Console.Progress(-1, ""));
    stage.done("done ".repeat(50));
    console.say("some words of a sentence ".repeat(20));

    for (String line : text().split("\r\u001b\\[K|\n", -1)) {
      String shown = line.replaceAll("\u001b\\[\\d+m", "");
      assertThat(shown.length()).as(shown).isLessThan(columns).isLessThanOrEqualTo(100);
    }
  }

  @Test
  void aStageInsideAnotherGivesTheLineBack() {
    LiveConsole console = new LiveConsole(out, new Terminal(Terminal.Kind.LIVE, 50), clock);
    Console.Stage outer = console.begin("study", "10 trials");
    console.begin("train", "one").done("");
    assertThat(Screen.lines(text()).get(1)).startsWith("study ");
    outer.done("");
    assertThat(Screen.lines(text()))
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly("train", "study", "");
  }

  /** After Ctrl-C the shell's prompt has a line of its own, and nothing is redrawn behind it. */
  @Test
  void whoLeavesLeavesTheLine() {
    LiveConsole console = new LiveConsole(out, new Terminal(Terminal.Kind.LIVE, 50), clock);
    console.begin("train", "item2vec");
    console.leave();
    console.streamForOthers().println("Spark is stopping");

    assertThat(Screen.lines(text())).hasSize(3).element(1).isEqualTo("Spark is stopping");
    console.leave();
    assertThat(Screen.lines(text())).hasSize(3);
  }

  @Test
  void theEnvironmentSaysWhatTheTerminalCanDo() {
    assertThat(Terminal.of(Map.of("TERM", "xterm")).live()).isFalse();
    assertThat(Terminal.of(Map.of("ITEM2VEC_TERMINAL", "80")).live()).isFalse();
    assertThat(Terminal.of(Map.of("ITEM2VEC_TERMINAL", "80", "TERM", "dumb")).live()).isFalse();
    assertThat(kind(Map.of("ITEM2VEC_TERMINAL", "80", "TERM", "xterm")))
        .isEqualTo(Terminal.Kind.COLOURED);
    assertThat(kind(Map.of("ITEM2VEC_TERMINAL", "80", "TERM", "xterm", "NO_COLOR", "1")))
        .isEqualTo(Terminal.Kind.LIVE);
    assertThat(kind(Map.of("ITEM2VEC_TERMINAL", "80", "TERM", "xterm", "NO_COLOR", "")))
        .isEqualTo(Terminal.Kind.COLOURED);
    for (String unknown : List.of("", "0", "x", "-3", "123456")) {
      Map<String, String> environment = Map.of("ITEM2VEC_TERMINAL", unknown, "TERM", "xterm");
      assertThat(Terminal.of(environment).columns()).as(unknown).isEqualTo(80);
    }
    assertThat(Terminal.of(Map.of("ITEM2VEC_TERMINAL", "132", "TERM", "xterm")).columns())
        .isEqualTo(132);
  }

  /** Such as the driver in a cluster that got the environment of the one who submits. */
  @Test
  void theEnvironmentOfAnotherProcessIsNone() {
    Map<String, String> environment = Map.of("ITEM2VEC_PID", "12", "ITEM2VEC_TERMINAL", "80");

    assertThat(SubmitEnvironment.of(environment, 12)).isEqualTo(environment);
    assertThat(SubmitEnvironment.of(environment, 13)).isEmpty();
    assertThat(SubmitEnvironment.of(Map.of("ITEM2VEC_TERMINAL", "80"), 12)).isEmpty();
  }

  private static Terminal.Kind kind(Map<String, String> environment) {
    return Terminal.of(environment).kind();
  }
}
