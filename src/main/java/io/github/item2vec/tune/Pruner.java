package io.github.item2vec.tune;

import java.io.Serializable;
import java.util.List;

/** Decides which running trials are not worth finishing. */
public interface Pruner {
  /** What holds for a trial that starts when these trials are known. */
  Rule rule(List<Trial> history, Direction direction);

  /** Never stops a trial. */
  static Pruner none() {
    return (history, direction) -> Rule.NEVER;
  }

  /** Fixed when a trial starts, so that its end does not depend on what runs beside it. */
  interface Rule extends Serializable {
    /** Stops nothing. */
    Rule NEVER = (step, best) -> false;

    /**
     * Whether a trial ends here.
     *
     * @param step from 1
     * @param best the trial's best intermediate value up to this step
     */
    boolean prunes(int step, double best);
  }
}
