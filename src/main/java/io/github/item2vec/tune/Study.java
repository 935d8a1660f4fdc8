package io.github.item2vec.tune;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search: {@link #ask} for the parameters of a trial, {@link #tell} what it came to. Both are in
 * the journal before they return. Not thread-safe; {@link StudyRun} runs trials side by side.
 */
public final class Study {
  private final SearchSpace space;
  private final Direction direction;
  private final Sampler sampler;
  private final JournalStorage storage;
  private final List<Trial> trials;

  private Study(
      SearchSpace space,
      Direction direction,
      Sampler sampler,
      JournalStorage storage,
      List<Trial> trials) {
    this.space = space;
    this.direction = direction;
    this.sampler = sampler;
    this.storage = storage;
    this.trials = new ArrayList<>(trials);
  }

  /**
   * The study of a journal: taken up where it stands, or begun when the journal is empty. Trials
   * that were asked and never told are still running and wait to be told, and so do those that
   * Optuna's {@code enqueue_trial} has put there. Trials that Optuna has added or run to their end
   * are taken as they are.
   *
   * @param name of the study in Optuna's tools
   * @param settings all that suggestions and values depend on besides the history, by name; kept in
   *     the journal
   * @throws IllegalStateException when the journal's study was created with other settings, and
   *     names the first that differs, or cannot be gone on with, and says why
   */
  public static Study open(
      String name,
      SearchSpace space,
      Direction direction,
      Sampler sampler,
      JournalStorage storage,
      Map<String, String> settings) {
    Optional<JournalStorage.Stored> stored = storage.load();
    if (stored.isEmpty()) {
      storage.create(name, direction, settings);
      return new Study(space, direction, sampler, storage, List.of());
    }
    requireSame(stored.get().settings(), settings);
    if (stored.get().direction() != direction) {
      throw new IllegalStateException(
          "the study in the journal has direction = %s, not %s"
              .formatted(stored.get().direction(), direction));
    }
    Study study = new Study(space, direction, sampler, storage, stored.get().trials());
    stored.get().waiting().forEach(study::begin);
    return study;
  }

  /** A trial of Optuna's queue is running from now on. */
  private void begin(int number) {
    Trial waiting = trials.get(number);
    Trial trial = Trial.running(number, waiting.params(), waiting.attributes(), now());
    storage.begun(trial);
    trials.set(number, trial);
  }

  private static void requireSame(Map<String, String> stored, Map<String, String> settings) {
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String then = stored.get(setting.getKey());
      if (!setting.getValue().equals(then)) {
        throw new IllegalStateException(
            "the study in the journal has %s = %s, not %s"
                .formatted(setting.getKey(), then, setting.getValue()));
      }
    }
  }

  public SearchSpace space() {
    return space;
  }

  public Direction direction() {
    return direction;
  }

  /** All trials by number, as they stand. */
  public List<Trial> trials() {
    return Collections.unmodifiableList(trials);
  }

  /** The complete trial with the best value, of equal ones the first. */
  public Optional<Trial> best() {
    return trials.stream()
        .filter(trial -> trial.state() == TrialState.COMPLETE)
        .reduce((a, b) -> direction.better(value(b), value(a)) ? b : a);
  }

  private static double value(Trial complete) {
    return complete.value().orElseThrow();
  }

  /** The next trial, with the sampler's suggestion. */
  public Trial ask() {
    return ask(trials());
  }

  /**
   * The next trial, suggested from another view of the trials so far.
   *
   * @param history one trial for each of this study
   */
  Trial ask(List<Trial> history) {
    return ask(sampler.suggest(space, direction, history, trials.size()), Map.of());
  }

  /**
   * The next trial, with given parameters.
   *
   * @param params each in the space; some may be missing, then the sampler learns little from it
   * @param attributes kept with the trial
   */
  public Trial ask(Map<String, Object> params, Map<String, String> attributes) {
    Trial trial = Trial.running(trials.size(), params, attributes, now());
    storage.asked(trial);
    trials.add(trial);
    return trial;
  }

  /**
   * Ends a running trial.
   *
   * @throws IllegalArgumentException when it is not running
   */
  public Trial tell(int number, TrialResult result) {
    Trial trial = trials.get(number);
    if (trial.state() != TrialState.RUNNING) {
      throw new IllegalArgumentException(
          "trial %d: is %s already".formatted(number, trial.state()));
    }
    Trial told = trial.told(result, now());
    storage.told(told, result);
    trials.set(number, told);
    return told;
  }

  /** The journal keeps microseconds. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
