package io.github.item2vec.train.history;

import java.io.Serializable;

/**
 * Lags fitted to each half of the users.
 *
 * @param first fitted to the first half; null when there was too little to fit to
 * @param second to the other
 * @param likely whether what comes next is clearly likelier under the lags of the other half than
 *     under even ones
 */
public record Halves(Lags first, Lags second, boolean likely) implements Serializable {
  private static final long serialVersionUID = 1L;

  static Halves none() {
    return new Halves(null, null, false);
  }

  Lags fittedTo(int half) {
    return half == 0 ? first : second;
  }

  /** What both say together. */
  Lags mean() {
    return first.mean(second);
  }
}
