package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.ProfileRule;

/** Compares rules to the last bit. */
public final class RuleFixture {
  private RuleFixture() {}

  public static void requireSame(String description, ProfileRule actual, ProfileRule expected) {
    assertThat(actual.lags().values()).as(description).isEqualTo(expected.lags().values());
    assertThat(actual.rated()).as(description).isEqualTo(expected.rated());
    requireSame(description + ": transitions", actual.transitions(), expected.transitions());
    requireSame(description + ": neighbours", actual.neighbours(), expected.neighbours());
  }

  public static void requireSame(String description, ItemTable actual, ItemTable expected) {
    assertThat(actual.items()).as(description).isEqualTo(expected.items());
    for (int item = 0; item < expected.items(); item++) {
      assertThat(actual.columns(item))
          .as("%s: columns of %d", description, item)
          .isEqualTo(expected.columns(item));
      assertThat(actual.values(item))
          .as("%s: values of %d", description, item)
          .isEqualTo(expected.values(item));
    }
  }
}
