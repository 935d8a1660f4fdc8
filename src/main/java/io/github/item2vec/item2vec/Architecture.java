package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.List;

/**
 * Which way the prediction goes (Mikolov et al. 2013, "Efficient Estimation of Word
 * Representations", figure 1).
 */
public enum Architecture {
  /** Each item of the window on its own predicts the centre item. */
  SKIP_GRAM("skip-gram"),
  /** The mean of the window predicts the centre item. */
  CBOW("cbow"),
  /** The mean of any of the sequence's items predicts the others; no windows, no order. */
  BASKET("basket");

  private final String label;

  Architecture(String label) {
    this.label = label;
  }

  /** The name in parameters: {@code skip-gram}, {@code cbow} or {@code basket}. */
  public String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Architecture::label).toList();
  }

  static Architecture of(String label) {
    return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst().orElseThrow();
  }
}
