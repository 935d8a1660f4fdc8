package io.github.item2vec.train.window;

import io.github.item2vec.train.epoch.Sequence;

/** How often the same items came before, in sequences sorted so that equal ones are neighbours. */
public final class RepeatCount {
  private Sequence previous;
  private int repeats;

  /** 0 for the first of its kind. */
  public int of(Sequence sequence) {
    repeats = previous != null && sequence.hasItemsOf(previous) ? repeats + 1 : 0;
    previous = sequence;
    return repeats;
  }
}
