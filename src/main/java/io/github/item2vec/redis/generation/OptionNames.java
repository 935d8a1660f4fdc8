package io.github.item2vec.redis.generation;

import io.github.item2vec.text.NearestName;
import io.github.item2vec.text.Printable;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses names that are no options, in letters of either case; driver only. */
public final class OptionNames {
  /** What {@code save} and {@code load} make of their argument. */
  private static final String PATH = "path";

  private OptionNames() {}

  /**
   * Options of a write.
   *
   * @throws IllegalArgumentException naming the first that is none, and the one it is most like
   */
  public static void requireWriting(Collection<String> names) {
    require(names, RedisOptions.names(), ReadOptions.names(), "reading");
  }

  /**
   * Options of a read.
   *
   * @throws IllegalArgumentException as {@link #requireWriting} does
   */
  public static void requireReading(Collection<String> names) {
    require(names, ReadOptions.names(), RedisOptions.names(), "writing");
  }

  /**
   * Options of a table, which is read and written with them.
   *
   * @throws IllegalArgumentException as {@link #requireWriting} does
   */
  public static void requireEither(Collection<String> names) {
    Set<String> all =
        Stream.concat(RedisOptions.names().stream(), ReadOptions.names().stream())
            .collect(Collectors.toSet());
    require(names, all, Set.of(), "");
  }

  private static void require(
      Collection<String> names, Set<String> allowed, Set<String> others, String purpose) {
    for (String given : new TreeSet<>(names)) {
      String name = given.toLowerCase(Locale.ROOT);
      if (allowed.contains(name)) {
        continue;
      }
      if (name.equals(PATH)) {
        throw new IllegalArgumentException(
            "redis: lists have no path: save() and load() without one, options '%s' and '%s' say where"
                .formatted(RedisOptions.TARGET, RedisOptions.PREFIX));
      }
      throw new IllegalArgumentException(
          others.contains(name)
              ? "redis: option '%s' is for %s alone: leave it out here".formatted(name, purpose)
              : "redis: unknown option '%s'; did you mean '%s'?"
                  .formatted(Printable.line(given), NearestName.of(name, allowed)));
    }
  }
}
