package io.github.item2vec.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A study as Optuna's journal file (JSON lines, one an operation), which Optuna 5.0.0's {@code
 * JournalStorage(JournalFileBackend(...))} loads. Holds one study.
 *
 * <p>Each event (the study's beginning, a trial asked, a trial told) is one write that is forced to
 * the disk. Of an event that a crash cut short {@link #load} removes what had been written, so the
 * file is always as if the event had not begun.
 */
public final class JournalStorage implements AutoCloseable {
  private final JournalFile file;
  private final SearchSpace space;

  public JournalStorage(JournalFile file, SearchSpace space) {
    this.file = file;
    this.space = space;
  }

  /**
   * A study as it is stored.
   *
   * @param settings what it was created with
   * @param waiting numbers of the trials that stand in Optuna's queue, as running ones among the
   *     trials
   */
  record Stored(
      String name,
      Direction direction,
      Map<String, String> settings,
      List<Trial> trials,
      List<Integer> waiting) {}

  /**
   * Reads the study and cuts off what a crash left of an event.
   *
   * @return empty when there is none yet
   * @throws IllegalStateException when the file is no journal of one study over this space, or
   *     Optuna has written there what cannot be gone on with; the file is left as it is then
   */
  Optional<Stored> load() {
    byte[] bytes = file.read();
    JournalReplay replay = new JournalReplay(space);
    long whole = 0;
    int start = 0;
    int lineNumber = 0;
    for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
      lineNumber++;
      try {
        replay.apply(
            JournalFormat.parse(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(
            "journal, line %d: %s".formatted(lineNumber, e.getMessage()), e);
      }
      start = end + 1;
      if (replay.atEventEnd()) {
        whole = start;
      }
    }
    Optional<Stored> study = study(replay, whole > 0);
    if (whole < bytes.length) {
      requireJournal(bytes);
      file.truncate(whole);
    }
    return study;
  }

  private static Optional<Stored> study(JournalReplay replay, boolean begun) {
    try {
      return replay.study(begun);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("journal: " + e.getMessage(), e);
    }
  }

  /** So that nothing is cut off a file that is something else. */
  private static void requireJournal(byte[] bytes) {
    if (bytes[0] != '{') {
      throw new IllegalStateException("journal: does not begin with '{', is no journal");
    }
  }

  /** Position of the next line feed; -1 when the rest is no whole line. */
  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  void create(String name, Direction direction, Map<String, String> settings) {
    write(
        List.of(
            JournalFormat.createStudy(name, direction),
            JournalFormat.studyAttribute(JournalFormat.SETTINGS, settings)));
  }

  void asked(Trial trial) {
    write(List.of(JournalFormat.createTrial(trial, space)));
  }

  /** A trial leaves Optuna's queue. */
  void begun(Trial trial) {
    List<JsonNode> lines = new ArrayList<>();
    trial
        .params()
        .forEach(
            (name, value) ->
                lines.add(JournalFormat.param(trial.number(), name, space.dimension(name), value)));
    lines.add(JournalFormat.begun(trial));
    write(lines);
  }

  void told(Trial trial, TrialResult result) {
    List<JsonNode> lines = new ArrayList<>();
    result
        .intermediate()
        .forEach(
            (step, value) -> lines.add(JournalFormat.intermediate(trial.number(), step, value)));
    result
        .attributes()
        .forEach((key, text) -> lines.add(JournalFormat.attribute(trial.number(), key, text)));
    lines.add(JournalFormat.state(trial));
    write(lines);
  }

  private void write(List<JsonNode> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    file.append(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    file.close();
  }
}
