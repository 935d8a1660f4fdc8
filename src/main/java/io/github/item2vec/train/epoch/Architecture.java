package io.github.item2vec.train.epoch;

import java.util.Arrays;
import java.util.List;

/**
 * Which way the prediction goes (Mikolov et al. 2013, "Efficient Estimation of Word
 * Representations", figure 1).
 */
public enum Architecture {
  /** Each item of the window on its own predicts the centre item. */
  SKIP_GRAM("skip-gram", 0.025, 5, 5),
  /** The mean of the window predicts the centre item. */
  CBOW("cbow", 0.025, 5, 5),
  /** The mean of any of the sequence's items predicts the others; no windows, no order. */
  BASKET("basket", 0.01, 100, 500);

  private static final long BASKET_ITEMS = 500_000;
  private static final int FEWEST_EPOCHS = 3;

  private final String label;
  private final double stepSize;
  private final int maxIter;
  private final int negative;

  Architecture(String label, double stepSize, int maxIter, int negative) {
    this.label = label;
    this.stepSize = stepSize;
    this.maxIter = maxIter;
    this.negative = negative;
  }

  /** The name in parameters: {@code skip-gram}, {@code cbow} or {@code basket}. */
  public String label() {
    return label;
  }

  /** {@code value}, or for 0 the step size of this architecture: gensim's, or Adam's for basket. */
  public double stepSize(double value) {
    return value == 0 ? stepSize : value;
  }

  /**
   * {@code value}, or for 0 the epochs of this architecture: gensim's, or basket's own. These are
   * 100 up to {@value #BASKET_ITEMS} items; beyond, they fall with the root of the items, so that
   * twice the data take 1.4 times as long. Where there is more of it an epoch takes more steps, and
   * the last ones bring next to nothing (measured: BENCHMARKS.md, "Epochs").
   *
   * @param items occurrences in all sequences
   */
  public int maxIter(int value, long items) {
    if (value > 0 || this != BASKET || items <= BASKET_ITEMS) {
      return value > 0 ? value : maxIter;
    }
    long epochs = Math.round(maxIter * Math.sqrt((double) BASKET_ITEMS / items));
    return (int) Math.max(FEWEST_EPOCHS, epochs);
  }

  /** {@code value}, or for 0 the negatives of this architecture: gensim's, or basket's a batch. */
  public int negative(int value) {
    return value == 0 ? negative : value;
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Architecture::label).toList();
  }

  /** The architecture of a label; the label must be one. */
  public static Architecture of(String label) {
    return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst().orElseThrow();
  }
}
