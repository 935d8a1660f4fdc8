package io.github.item2vec.train.model;

import java.util.Iterator;
import java.util.function.Function;

/** What an iterator gives, in pieces that are each made as they are asked for. */
public final class Pieces {
  private Pieces() {}

  /**
   * The elements, taken together piece by piece.
   *
   * @param next makes a piece of what comes next, one element at least
   */
  public static <T, P> Iterator<P> of(Iterator<T> elements, Function<Iterator<T>, P> next) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return elements.hasNext();
      }

      @Override
      public P next() {
        return next.apply(elements);
      }
    };
  }
}
