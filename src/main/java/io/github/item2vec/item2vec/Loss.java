package io.github.item2vec.item2vec;

import java.util.Arrays;
import java.util.List;

/** What a prediction is measured by. Skip-gram and CBOW know negative sampling only. */
public enum Loss {
  /** Logistic loss of the target and of drawn negatives (Mikolov et al. 2013, equation 4). */
  NEGATIVE_SAMPLING("negative-sampling"),
  /**
   * Softmax over the target and drawn items, corrected by their probabilities (Jean et al. 2015,
   * "On Using Very Large Target Vocabulary", section 3).
   */
  SAMPLED_SOFTMAX("sampled-softmax"),
  /** Softmax over all items: exact, O(items x vectorSize) a sequence. */
  SOFTMAX("softmax");

  private final String label;

  Loss(String label) {
    this.label = label;
  }

  /**
   * The name in parameters: {@code negative-sampling}, {@code sampled-softmax}, {@code softmax}.
   */
  public String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Loss::label).toList();
  }

  static Loss of(String label) {
    return Arrays.stream(values()).filter(l -> l.label.equals(label)).findFirst().orElseThrow();
  }
}
