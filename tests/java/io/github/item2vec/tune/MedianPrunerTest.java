package io.github.item2vec.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MedianPrunerTest {
  private static List<Trial> complete(double... lastValues) {
    List<Trial> trials = new ArrayList<>();
    for (double last : lastValues) {
      trials.add(
          Trial.running(trials.size(), Map.of(), Map.of(), Instant.EPOCH)
              .told(
                  TrialResult.complete(last, Map.of(1, last - 2, 2, last - 1, 3, last)),
                  Instant.EPOCH));
    }
    return trials;
  }

  @Test
  void stopsWhatIsWorseThanTheMedianOfItsStep() {
    Pruner.Rule rule =
        new MedianPruner(4, 2).rule(complete(10, 20, 30, 40), Direction.MAXIMIZE); // median 25

    assertThat(rule.prunes(1, -100)).as("warm-up").isFalse();
    assertThat(rule.prunes(2, 23.9)).isTrue();
    assertThat(rule.prunes(2, 24)).as("as good as the median").isFalse();
    assertThat(rule.prunes(3, 24.9)).isTrue();
    assertThat(rule.prunes(3, Double.NaN)).isTrue();
    assertThat(rule.prunes(4, -100)).as("no trial came so far").isFalse();
  }

  @Test
  void smallIsGoodWhenMinimising() {
    Pruner.Rule rule = new MedianPruner(1, 1).rule(complete(10, 20, 60), Direction.MINIMIZE);
    assertThat(rule.prunes(3, 20.1)).isTrue();
    assertThat(rule.prunes(3, 20)).isFalse();
  }

  @Test
  void waitsForEnoughCompleteTrials() {
    assertThat(new MedianPruner(5, 1).rule(complete(1, 2, 3, 4), Direction.MAXIMIZE))
        .isSameAs(Pruner.Rule.NEVER);
    assertThat(new MedianPruner(0, 1).rule(List.of(), Direction.MAXIMIZE))
        .isSameAs(Pruner.Rule.NEVER);
  }
}
