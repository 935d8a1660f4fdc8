package io.github.item2vec.tune;

/**
 * The values that one parameter may take. Samplers see a value as a double, which is Optuna's
 * internal representation: a number as it is, a choice as its index.
 */
public sealed interface Dimension permits NumberDimension, ChoiceDimension {
  /** Whether there is one value only, which nobody needs to sample. */
  boolean single();

  /** Whether the parameter may have this value. */
  boolean contains(Object value);

  /**
   * A value as samplers see it.
   *
   * @throws IllegalArgumentException when the value is not of this dimension
   */
  double internal(Object value);

  /** The value that samplers see as this number: a Long, a Double or the choice itself. */
  Object external(double internal);
}
