package io.github.item2vec.tune;

import java.util.List;

/**
 * One of a list, without order.
 *
 * @param choices distinct texts, numbers or booleans, one at least
 */
public record ChoiceDimension(List<Object> choices) implements Dimension {
  /** Checks the list. Throws {@link IllegalArgumentException} when it is empty or repeats. */
  public ChoiceDimension {
    choices = List.copyOf(choices);
    if (choices.isEmpty() || choices.stream().distinct().count() < choices.size()) {
      throw new IllegalArgumentException("choice %s: must be distinct values".formatted(choices));
    }
  }

  @Override
  public boolean single() {
    return choices.size() == 1;
  }

  @Override
  public boolean contains(Object value) {
    return indexOf(value) >= 0;
  }

  /** Numbers are compared as numbers: 64 is 64.0. */
  private int indexOf(Object value) {
    for (int i = 0; i < choices.size(); i++) {
      Object choice = choices.get(i);
      if (choice.equals(value)
          || (choice instanceof Number a
              && value instanceof Number b
              && a.doubleValue() == b.doubleValue())) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public double internal(Object value) {
    int index = indexOf(value);
    if (index < 0) {
      throw new IllegalArgumentException("%s is not one of %s".formatted(value, choices));
    }
    return index;
  }

  @Override
  public Object external(double internal) {
    return choices.get((int) internal);
  }
}
