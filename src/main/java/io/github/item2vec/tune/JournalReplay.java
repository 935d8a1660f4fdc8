package io.github.item2vec.tune;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The lines of a journal back to a study. Optuna may have written some: a study opened there once
 * more, notes, and trials that have ended are taken as they are, trials of its queue wait to be run
 * here; what cannot be gone on with is refused. As in Optuna, what comes after a trial's end is
 * passed over.
 */
final class JournalReplay {
  private final SearchSpace space;
  private final List<ReplayedTrial> trials = new ArrayList<>();
  private String name;
  private Direction direction;
  private Map<String, String> settings;
  private boolean atEventEnd = true;

  JournalReplay(SearchSpace space) {
    this.space = space;
  }

  /** Takes the next line, or says by an {@link IllegalArgumentException} why it cannot. */
  void apply(JsonNode json) {
    JournalLine line = new JournalLine(json);
    if (line.has("study_id") && line.whole("study_id") != 0) {
      throw new IllegalArgumentException("a line of a second study, must be one study");
    }
    if (name == null && line.operation() != JournalFormat.CREATE_STUDY) {
      throw new IllegalArgumentException("no study has been created before " + line);
    }
    switch (line.operation()) {
      case JournalFormat.CREATE_STUDY -> createStudy(line);
      case JournalFormat.DELETE_STUDY ->
          throw new IllegalArgumentException("the study was deleted in Optuna; begin another one");
      case JournalFormat.STUDY_ATTRIBUTE -> studyAttribute(line);
      case JournalFormat.CREATE_TRIAL -> trials.add(new ReplayedTrial(trials.size(), line, space));
      case JournalFormat.TRIAL_PARAM -> running(line).ifPresent(trial -> trial.param(line));
      case JournalFormat.INTERMEDIATE -> running(line).ifPresent(trial -> trial.intermediate(line));
      case JournalFormat.TRIAL_ATTRIBUTE ->
          running(line).ifPresent(trial -> trial.attributes(line));
      case JournalFormat.TRIAL_STATE -> running(line).ifPresent(trial -> trial.state(line));
      case 3, 9, 10 -> {
        // notes of the dashboard and the like
      }
      default -> throw new IllegalArgumentException("unknown operation " + line);
    }
    atEventEnd = !line.ours() || endsEvent(line);
  }

  private static boolean endsEvent(JournalLine line) {
    return switch (line.operation()) {
      case JournalFormat.CREATE_STUDY,
          JournalFormat.TRIAL_PARAM,
          JournalFormat.INTERMEDIATE,
          JournalFormat.TRIAL_ATTRIBUTE ->
          false;
      default -> true;
    };
  }

  boolean atEventEnd() {
    return atEventEnd;
  }

  /**
   * The study up to the last event that is whole.
   *
   * @param begun whether there is such an event
   * @throws IllegalArgumentException when it is not this library's to go on with
   */
  Optional<JournalStorage.Stored> study(boolean begun) {
    if (settings == null && begun) {
      throw new IllegalArgumentException(
          "the study was begun by Optuna or has lost its settings, item2vec cannot go on with it; begin another one");
    }
    if (settings == null) {
      return Optional.empty();
    }
    for (int number = 0; number < trials.size(); number++) {
      requireOurs(number);
    }
    return Optional.of(
        new JournalStorage.Stored(
            name,
            direction,
            settings,
            trials.stream().map(ReplayedTrial::trial).toList(),
            IntStream.range(0, trials.size()).filter(i -> trials.get(i).waits()).boxed().toList()));
  }

  private void requireOurs(int number) {
    ReplayedTrial trial = trials.get(number);
    if (number == 0 && !trial.ours()) {
      throw new IllegalArgumentException(
          "trial 0 was written by Optuna, item2vec cannot go on with it: its own trial 0 has the defaults; begin another study");
    }
    if (!trial.ours() && !trial.ended() && !trial.waits()) {
      throw new IllegalArgumentException(
          "trial %d was begun by Optuna and has not ended, item2vec cannot go on with it; end it there: study.tell(%d, state=optuna.trial.TrialState.FAIL)"
              .formatted(number, number));
    }
    if (!trial.ours() && trial.lacks().isPresent()) {
      throw new IllegalArgumentException(
          "trial %d was written by Optuna without '%s', which the search space has"
              .formatted(number, trial.lacks().get()));
    }
  }

  private void createStudy(JournalLine line) {
    String created = line.text("study_name");
    if (name == null) {
      if (line.field("directions").size() != 1) {
        throw new IllegalArgumentException("directions: must be one");
      }
      direction = Direction.of(line.field("directions").path(0).asInt());
      name = created;
    } else if (!name.equals(created)) {
      throw new IllegalArgumentException(
          "a second study, '%s'; the journal must hold one, '%s'"
              .formatted(JournalLine.excerpt(created), name));
    }
  }

  private void studyAttribute(JournalLine line) {
    if (settings == null && line.object("user_attr").containsKey(JournalFormat.SETTINGS)) {
      settings = new JournalLine(line.field("user_attr")).texts(JournalFormat.SETTINGS);
    }
  }

  /** The trial of a line, unless it has ended. */
  private Optional<ReplayedTrial> running(JournalLine line) {
    int number = line.whole("trial_id");
    if (number < 0 || number >= trials.size()) {
      throw new IllegalArgumentException("no trial " + number);
    }
    return Optional.of(trials.get(number)).filter(trial -> !trial.ended());
  }
}
