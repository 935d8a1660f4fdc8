package io.github.item2vec.train.checkpoint;

import io.github.item2vec.train.epoch.Mixing;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.TrainingSettings;
import java.util.Arrays;

/**
 * Tells trainings apart: equal for the same settings, vocabulary, start and multiset of sequences,
 * in whatever order they come. Names the directory of a training's checkpoints.
 */
public record Fingerprint(long training, long data) {
  /** Raised when the same inputs begin to give other vectors. */
  private static final long ALGORITHM = 8;

  public static Fingerprint of(
      TrainingSettings settings, TrainingControl control, long[] counts, WarmStart start) {
    long sum = Mixing.mix(ALGORITHM, Arrays.hashCode(counts));
    for (char letter : settings.toString().toCharArray()) {
      sum = Mixing.mix(sum, letter);
    }
    sum = Mixing.mix(sum, control.earlyStopping());
    if (start.vectors() != null) {
      sum = Mixing.mix(sum, start.vectors().value().digest());
    }
    return new Fingerprint(sum, 0);
  }

  /** What a sequence adds to {@link #data}. */
  public static long of(Sequence sequence) {
    return Mixing.mix(sequence.hash(), Arrays.hashCode(sequence.heldOut()));
  }

  public Fingerprint with(Sequence[] sequences) {
    return with(Arrays.stream(sequences).mapToLong(Fingerprint::of).sum());
  }

  public Fingerprint with(long more) {
    return new Fingerprint(training, data + more);
  }

  /** As the name of a directory. */
  String text() {
    return "%016x%016x".formatted(training, data);
  }
}
