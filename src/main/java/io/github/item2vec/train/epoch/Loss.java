package io.github.item2vec.train.epoch;

import java.util.Arrays;
import java.util.List;

/** What a prediction is measured by. Skip-gram and CBOW know negative sampling only. */
public enum Loss {
  /** Softmax up to 10,000 items, sampled softmax over more: its cost does not grow with them. */
  AUTO("auto"),
  /** Logistic loss of the target and of drawn negatives (Mikolov et al. 2013, equation 4). */
  NEGATIVE_SAMPLING("negative-sampling"),
  /**
   * Softmax over the target and drawn items, corrected by their probabilities (Jean et al. 2015,
   * "On Using Very Large Target Vocabulary", section 3).
   */
  SAMPLED_SOFTMAX("sampled-softmax"),
  /** Softmax over all items: exact, O(items x vectorSize) a sequence. */
  SOFTMAX("softmax");

  private static final int MOST_SOFTMAX_ITEMS = 10_000;

  private final String label;

  Loss(String label) {
    this.label = label;
  }

  /**
   * The name in parameters: {@code auto}, {@code negative-sampling}, {@code sampled-softmax},
   * {@code softmax}.
   */
  public String label() {
    return label;
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Loss::label).toList();
  }

  /** What {@link #AUTO} means for so many items. */
  public Loss resolved(int items) {
    return this != AUTO ? this : items <= MOST_SOFTMAX_ITEMS ? SOFTMAX : SAMPLED_SOFTMAX;
  }

  public static Loss of(String label) {
    return Arrays.stream(values()).filter(l -> l.label.equals(label)).findFirst().orElseThrow();
  }
}
