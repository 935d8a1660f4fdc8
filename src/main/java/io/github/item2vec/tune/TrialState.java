package io.github.item2vec.tune;

import java.util.Arrays;
import java.util.Optional;

/** How far a trial has come. */
public enum TrialState {
  /** Asked, not told yet. */
  RUNNING(0),
  /** Told with a value. */
  COMPLETE(1),
  /** Stopped early because its intermediate values were poor. */
  PRUNED(2),
  /** Ended without a value. */
  FAIL(3);

  private final int code;

  TrialState(int code) {
    this.code = code;
  }

  /** The number in Optuna's journal. */
  int code() {
    return code;
  }

  static Optional<TrialState> find(int code) {
    return Arrays.stream(values()).filter(state -> state.code == code).findFirst();
  }

  /** Whether samplers learn from it: complete or pruned. */
  boolean informs() {
    return this == COMPLETE || this == PRUNED;
  }
}
