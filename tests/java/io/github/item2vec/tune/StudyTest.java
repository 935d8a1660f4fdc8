package io.github.item2vec.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {
  private static final SearchSpace SPACE =
      SearchSpace.of(
          ConfigFactory.parseString(
              """
              kind { choice = [a, b] }
              x { double = [-5, 5] }
              n { int = [1, 1000], log = true, when { kind = b } }
              """));
  private static final Pruner PRUNER = new MedianPruner(4, 2);
  private static final int TRIALS = 40;

  @TempDir Path directory;

  /** Small n with kind b is best; some trials fail, some are pruned. */
  private static TrialResult objective(Trial trial, Pruner.Rule rule) {
    double x = (double) trial.params().get("x");
    double loss =
        x * x
            + (trial.params().get("kind").equals("b")
                ? Math.log(((Long) trial.params().get("n")).doubleValue())
                : 9);
    if (x < -4.5) {
      throw new IllegalArgumentException("x is too small");
    }
    TreeMap<Integer, Double> steps = new TreeMap<>();
    for (int step = 1; step <= 4; step++) {
      steps.put(step, loss + 4 - step);
      if (rule.prunes(step, loss + 4 - step)) {
        return TrialResult.pruned(steps);
      }
    }
    return TrialResult.complete(loss, steps);
  }

  private static Study open(JournalFile file) {
    return Study.open(
        "test",
        SPACE,
        Direction.MINIMIZE,
        new TpeSampler(5, TpeSampler.Kind.MULTIVARIATE),
        new JournalStorage(file, SPACE),
        Map.of("seed", "5"));
  }

  private static void first(Study study) {
    study.ask(Map.of("kind", "a", "x", 4.0), Map.of("origin", "defaults"));
  }

  private Path run(String name, int parallel, StudyRun.Objective objective) {
    Path path = directory.resolve(name);
    try (JournalFile file = JournalFile.local(path)) {
      new StudyRun(open(file), PRUNER, 3)
          .run(objective, StudyTest::first, TRIALS, Duration.ZERO, parallel, trial -> {});
    }
    return path;
  }

  /** The lines without times. */
  private static List<String> timeless(Path journal) throws IOException {
    return Files.readAllLines(journal).stream()
        .map(line -> line.replaceAll("\"datetime_\\w+\":\"[^\"]*\"", "TIME"))
        .toList();
  }

  @Test
  void findsTheBest() {
    Path journal = run("journal", 1, StudyTest::objective);
    try (JournalFile file = JournalFile.local(journal)) {
      Study study = open(file);
      assertThat(study.trials()).hasSize(TRIALS);
      assertThat(study.best().orElseThrow().value().orElseThrow()).isLessThan(1);
      assertThat(study.trials())
          .extracting(Trial::state)
          .contains(TrialState.COMPLETE, TrialState.PRUNED)
          .doesNotContain(TrialState.RUNNING);
      assertThat(study.trials().get(0).params()).isEqualTo(Map.of("kind", "a", "x", 4.0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void parallelTrialsChangeNothing(int parallel) throws IOException {
    List<String> alone = timeless(run("alone", 1, StudyTest::objective));
    List<String> together =
        timeless(
            run(
                "together" + parallel,
                parallel,
                (trial, rule) -> {
                  sleep(trial.number() % 3 * 3L);
                  return objective(trial, rule);
                }));
    assertThat(together).isEqualTo(alone);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file as a crash leaves it, cut anywhere. */
  @Test
  void aJournalCutAnywhereGoesOnToTheSameEnd() throws IOException {
    Path whole = run("whole", 1, StudyTest::objective);
    byte[] bytes = Files.readAllBytes(whole);
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int cut : random.ints(25, 0, bytes.length).toArray()) {
      Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, cut));
      assertThat(timeless(run("cut", 2, StudyTest::objective)))
          .as("cut at byte %d (seed %d)", cut, seed)
          .isEqualTo(timeless(whole));
    }
  }

  @Test
  void aCancelledTrialIsTakenUpAgain() throws IOException {
    List<String> whole = timeless(run("whole", 1, StudyTest::objective));
    assertThatThrownBy(
            () ->
                run(
                    "cancelled",
                    2,
                    (trial, rule) -> {
                      if (trial.number() >= 17) {
                        throw new CancellationException("stopped");
                      }
                      return objective(trial, rule);
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(timeless(run("cancelled", 2, StudyTest::objective))).isEqualTo(whole);
  }

  @Test
  void aFailingTrialIsRecordedAndTheStudyGoesOn() {
    Path journal =
        run(
            "journal",
            2,
            (trial, rule) -> {
              if (trial.number() % 5 == 1) {
                throw new IllegalStateException("no item occurs minCount = 99 times");
              }
              return trial.number() % 5 == 2
                  ? TrialResult.complete(Double.NaN, Map.of())
                  : objective(trial, Pruner.Rule.NEVER);
            });
    try (JournalFile file = JournalFile.local(journal)) {
      List<Trial> trials = open(file).trials();
      assertThat(trials).hasSize(TRIALS);
      assertThat(trials.get(1).state()).isEqualTo(TrialState.FAIL);
      assertThat(trials.get(1).attributes())
          .containsEntry("error", "no item occurs minCount = 99 times");
      assertThat(trials.get(2).attributes()).containsEntry("error", "the value is NaN");
    }
  }

  @Test
  void equalParametersAreTrainedOnce() {
    SearchSpace small = SearchSpace.of(ConfigFactory.parseString("n { int = [1, 4] }"));
    List<Integer> trained = new ArrayList<>();
    List<Trial> told = new ArrayList<>();
    try (JournalFile file = JournalFile.local(directory.resolve("small"))) {
      Study study =
          Study.open(
              "small",
              small,
              Direction.MAXIMIZE,
              new RandomSampler(1),
              new JournalStorage(file, small),
              Map.of());
      Consumer<Study> first = Study::ask;
      new StudyRun(study, Pruner.none(), 2)
          .run(
              (trial, rule) -> {
                trained.add(trial.number());
                return TrialResult.complete((Long) trial.params().get("n"), Map.of());
              },
              first,
              20,
              Duration.ZERO,
              1,
              told::add);
      assertThat(trained).hasSize(4);
      assertThat(told).hasSize(20);
      for (Trial trial : told) {
        assertThat(trial.value().orElseThrow())
            .isEqualTo(((Long) trial.params().get("n")).doubleValue());
        assertThat(trial.attributes().containsKey("reuses"))
            .isEqualTo(!trained.contains(trial.number()));
      }
    }
  }

  @Test
  void theTimeIsABudget() {
    try (JournalFile file = JournalFile.local(directory.resolve("short"))) {
      Study study = open(file);
      new StudyRun(study, Pruner.none(), 2)
          .run(
              (trial, rule) -> {
                sleep(30);
                return objective(trial, rule);
              },
              StudyTest::first,
              1000,
              Duration.ofMillis(200),
              2,
              trial -> {});
      assertThat(study.trials()).hasSizeBetween(2, 40);
      assertThat(study.trials()).noneMatch(trial -> trial.state() == TrialState.RUNNING);
    }
  }

  @Test
  void otherSettingsAreRefused() {
    Path journal = run("journal", 1, StudyTest::objective);
    try (JournalFile file = JournalFile.local(journal)) {
      JournalStorage storage = new JournalStorage(file, SPACE);
      assertThatThrownBy(
              () ->
                  Study.open(
                      "test",
                      SPACE,
                      Direction.MINIMIZE,
                      new RandomSampler(6),
                      storage,
                      Map.of("seed", "6")))
          .hasMessage("the study in the journal has seed = 5, not 6");
    }
  }

  @Test
  void twoWritersAreKeptApart() {
    Path path = directory.resolve("journal");
    try (JournalFile file = JournalFile.local(path)) {
      assertThat(file.read()).isEmpty();
      assertThatThrownBy(() -> JournalFile.local(path))
          .hasMessageContaining("another process is at work on this study");
    }
  }

  @Test
  void aForeignFileIsAnError() throws IOException {
    Path path = directory.resolve("journal");
    Files.writeString(path, "user\titem\trating\n");
    try (JournalFile file = JournalFile.local(path)) {
      assertThatThrownBy(() -> open(file)).hasMessageStartingWith("journal, line 1: no JSON");
    }
  }
}
