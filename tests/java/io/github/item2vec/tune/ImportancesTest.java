package io.github.item2vec.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the shares equal Optuna's is tests/interop/with_optuna.sh's to show. */
class ImportancesTest {
  @TempDir Path directory;

  @Test
  void whatDecidesComesFirst() {
    Study study = study();
    Random random = new Random(5);
    for (int trial = 0; trial < 80; trial++) {
      double decisive = random.nextDouble();
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("kind", trial % 3 == 0 ? "a" : "b");
      params.put("decisive", decisive);
      params.put("idle", (long) random.nextInt(20));
      study.ask(params, Map.of());
      study.tell(
          trial,
          trial % 10 == 9
              ? TrialResult.failed("chance")
              : TrialResult.complete(-Math.abs(decisive - 0.3), Map.of()));
    }

    Map<String, Double> shares = Importances.of(study);

    assertThat(shares).containsOnlyKeys("decisive", "idle", "kind");
    assertThat(shares.keySet()).first().isEqualTo("decisive");
    assertThat(shares.get("decisive")).isGreaterThan(0.6);
    assertThat(shares.values().stream().mapToDouble(v -> v).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneTrialDecidesNothing() {
    Study study = study();
    assertThat(Importances.of(study)).isEmpty();
    study.ask(Map.of("decisive", 0.5, "idle", 3L), Map.of());
    study.tell(0, TrialResult.complete(1, Map.of()));

    assertThat(Importances.of(study)).isEqualTo(Map.of("decisive", 0.5, "idle", 0.5));
  }

  @Test
  void massesOfCellsSumToOne() {
    List<Object> values = List.of(1L, 1L, 7L, 20L);
    for (Dimension dimension :
        List.of(
            NumberDimension.whole(0, 20),
            NumberDimension.real(0, 20),
            new NumberDimension(true, 1, 20, 1, true),
            new ChoiceDimension(List.of(1L, 7L, 20L, 30L)))) {
      assertThat(DoubleStream.of(GridDensity.of(dimension, values)).sum())
          .as("%s", dimension)
          .isCloseTo(1, within(1e-9));
    }
  }

  private Study study() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                Parameter.of("kind", new ChoiceDimension(List.of("a", "b"))),
                Parameter.of("decisive", NumberDimension.real(0, 1)),
                Parameter.of("idle", NumberDimension.whole(0, 19))));
    return Study.open(
        "test",
        space,
        Direction.MAXIMIZE,
        new RandomSampler(1),
        new JournalStorage(JournalFile.local(directory.resolve("journal.log")), space),
        Map.of());
  }
}
