package io.github.item2vec.redis;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualNullSafe;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.Or;

/**
 * Which users a query asks for, where its filter names them: {@code user = 'a'}, {@code user IN
 * ('a', 'b')}, {@code user <=> 'a'}, and what {@code AND} and {@code OR} make of them. Driver only.
 *
 * @param named the users that may come; empty when all may
 */
record UserFilter(Optional<Set<String>> named) {
  static final UserFilter ALL = new UserFilter(Optional.empty());

  /** What exactly lets the same users pass; empty when the filter is about something else too. */
  static Optional<UserFilter> of(Filter filter) {
    if (filter instanceof EqualTo equal) {
      return users(equal.attribute(), equal.value());
    }
    if (filter instanceof EqualNullSafe equal) {
      return users(equal.attribute(), equal.value());
    }
    if (filter instanceof In in) {
      return users(in.attribute(), in.values());
    }
    if (filter instanceof IsNotNull some) {
      return some.attribute().equals(RowColumns.USER) ? Optional.of(ALL) : Optional.empty();
    }
    if (filter instanceof And and) {
      return both(and.left(), and.right(), UserFilter::and);
    }
    return filter instanceof Or or ? both(or.left(), or.right(), UserFilter::or) : Optional.empty();
  }

  /** Users that pass this and the other. */
  UserFilter and(UserFilter other) {
    if (named.isEmpty() || other.named.isEmpty()) {
      return named.isEmpty() ? other : this;
    }
    Set<String> common = new LinkedHashSet<>(named.get());
    common.retainAll(other.named.get());
    return new UserFilter(Optional.of(common));
  }

  private UserFilter or(UserFilter other) {
    if (named.isEmpty() || other.named.isEmpty()) {
      return ALL;
    }
    Set<String> all = new LinkedHashSet<>(named.get());
    all.addAll(other.named.get());
    return new UserFilter(Optional.of(all));
  }

  private static Optional<UserFilter> both(
      Filter left, Filter right, BinaryOperator<UserFilter> joined) {
    return of(left).flatMap(first -> of(right).map(second -> joined.apply(first, second)));
  }

  /** A user is never null, so what equals null names nobody. */
  private static Optional<UserFilter> users(String column, Object... values) {
    if (!column.equals(RowColumns.USER)) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(values).filter(Objects::nonNull).map(Object::toString).forEach(names::add);
    return Optional.of(new UserFilter(Optional.of(names)));
  }
}
