package io.github.item2vec.tune;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs a study's trials side by side so that the outcome does not depend on how many run at once or
 * which ends first: trials are told in their order, and trial n is asked just when n - inFlight has
 * been told. A trial with the parameters of an earlier one takes over its result.
 */
public final class StudyRun {
  /** What a trial does. Called from several threads. */
  @FunctionalInterface
  public interface Objective {
    /**
     * The result of a trial. What is thrown makes it a failed one, except a {@link
     * CancellationException}, which ends the run and leaves the trial to be taken up again.
     */
    TrialResult run(Trial trial, Pruner.Rule rule);
  }

  private final Study study;
  private final Pruner pruner;
  private final int inFlight;
  private final Map<Integer, Future<TrialResult>> running = new HashMap<>();

  /** Trials that do not run, with the earlier trial that has the same parameters. */
  private final Map<Integer, Integer> twins = new HashMap<>();

  /**
   * @param inFlight trials that are asked and not told at once, >= 1; part of what decides the
   *     suggestions
   */
  public StudyRun(Study study, Pruner pruner, int inFlight) {
    this.study = study;
    this.pruner = pruner;
    this.inFlight = inFlight;
  }

  /**
   * Runs until so many trials are told.
   *
   * @param first asks for trial 0
   * @param trials in all, those of an earlier run of the study among them
   * @param time after which no further trial is asked; zero = no limit
   * @param parallel trials that run at the same time, 1 to inFlight; changes nothing but the time
   * @param told is called with each trial in order
   */
  public void run(
      Objective objective,
      Consumer<Study> first,
      int trials,
      Duration time,
      int parallel,
      Consumer<Trial> told) {
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(parallel, StudyRun::thread);
    try {
      int next = nextToTell();
      for (int number = next; number < study.trials().size(); number++) {
        if (isRunning(number)) {
          submit(number, objective, pool); // left over by a run that was killed
        }
      }
      while (next < trials) {
        while (study.trials().size() < Math.min(trials, next + inFlight) && hasTime(start, time)) {
          ask(first);
          submit(study.trials().size() - 1, objective, pool);
        }
        if (next == study.trials().size()) {
          return; // the time is up
        }
        if (isRunning(next)) { // else written by Optuna, as ended
          told.accept(study.tell(next, result(next)));
        }
        next++;
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread thread(Runnable trial) {
    Thread thread = new Thread(trial, "trial");
    thread.setDaemon(true);
    return thread;
  }

  private static boolean hasTime(long start, Duration time) {
    return time.isZero() || System.nanoTime() - start < time.toNanos();
  }

  private int nextToTell() {
    int next = 0;
    while (next < study.trials().size() && !isRunning(next)) {
      next++;
    }
    return next;
  }

  private boolean isRunning(int number) {
    return study.trials().get(number).state() == TrialState.RUNNING;
  }

  private void ask(Consumer<Study> first) {
    if (study.trials().isEmpty()) {
      first.accept(study);
    } else {
      study.ask(known(study.trials().size()));
    }
  }

  /** The trials before one as they stood when it was asked, whatever has been told since. */
  private List<Trial> known(int number) {
    int told = Math.max(0, number - inFlight + 1);
    return IntStream.range(0, number)
        .mapToObj(study.trials()::get)
        .map(trial -> trial.number() < told ? trial : trial.untold())
        .toList();
  }

  private void submit(int number, Objective objective, ExecutorService pool) {
    Trial trial = study.trials().get(number);
    List<Trial> known = known(number);
    Optional<Trial> twin =
        known.stream()
            .filter(t -> t.state() != TrialState.FAIL && t.params().equals(trial.params()))
            .findFirst();
    if (twin.isPresent()) {
      twins.put(number, twin.get().number());
    } else {
      Pruner.Rule rule = pruner.rule(known, study.direction());
      running.put(number, pool.submit(() -> objective.run(trial, rule)));
    }
  }

  private TrialResult result(int number) {
    if (twins.containsKey(number)) {
      return TrialResult.of(study.trials().get(twins.get(number)));
    }
    try {
      return running.remove(number).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancellationException) {
        throw (CancellationException) e.getCause();
      }
      return TrialResult.failed(reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the study was interrupted", e);
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getName() : message.lines().findFirst().orElse("");
  }
}
