package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where user, item, rating and timestamp stand in a row; resolved on the driver, used in tasks.
 *
 * @param timestamp {@link #ABSENT} when the input has none and the order does not need it
 */
record ColumnPositions(int user, int item, int rating, int timestamp) implements Serializable {
  static final int ABSENT = -1;

  private static final List<String> ROLES =
      List.of(Columns.USER, Columns.ITEM, Columns.RATING, Columns.TIMESTAMP);

  /** Lower case, without separators; in the order of {@link #ROLES}. */
  private static final List<Set<String>> WELL_KNOWN =
      List.of(
          Set.of("user", "userid", "uid", "reviewerid", "customerid", "visitorid"),
          Set.of(
              "item",
              "itemid",
              "iid",
              "movieid",
              "productid",
              "asin",
              "parentasin",
              "bookid",
              "isbn",
              "artistid",
              "trackid",
              "songid",
              "gameid",
              "animeid",
              "businessid"),
          Set.of("rating", "score", "stars", "star", "overall", "bookrating", "ratingscore"),
          Set.of("timestamp", "ts", "time", "date", "datetime", "unixreviewtime", "unixtime"));

  /** The number of fields a row needs. */
  int width() {
    return 1 + Math.max(Math.max(user, item), Math.max(rating, timestamp));
  }

  /** The fields the check wants, of a row that is wide enough. */
  String[] pick(String[] fields) {
    return timestamp == ABSENT
        ? new String[] {fields[user], fields[item], fields[rating]}
        : new String[] {fields[user], fields[item], fields[rating], fields[timestamp]};
  }

  /** Whether the row names the user and the item by well-known names: then it is a header. */
  static boolean namesUserAndItem(String[] fields) {
    List<String> names = Arrays.asList(fields);
    return wellKnown(0, names) != ABSENT && wellKnown(1, names) != ABSENT;
  }

  /** Whether some column is asked for by a name of the user's own: then there is a header. */
  static boolean byName(RatingsSource source) {
    return specs(source).stream().anyMatch(s -> !isAuto(s) && !isPosition(s));
  }

  /**
   * Resolves the column settings.
   *
   * @param names the header or schema, or null when there is none
   * @param width the number of columns seen
   */
  static ColumnPositions of(RatingsSource source, List<String> names, int width) {
    List<String> specs = specs(source);
    boolean known = false;
    for (int role = 0; names != null && role < ROLES.size(); role++) {
      known |= wellKnown(role, names) != ABSENT;
    }
    int[] at = new int[ROLES.size()];
    for (int role = 0; role < at.length; role++) {
      at[role] = position(role, specs.get(role), names, known);
      if (at[role] >= width && (role == 3 || names != null)) {
        at[role] = ABSENT;
      }
    }
    require(source, at, names, width);
    return new ColumnPositions(at[0], at[1], at[2], at[3]);
  }

  private static int position(int role, String spec, List<String> names, boolean known) {
    if (isPosition(spec)) {
      return Integer.parseInt(spec);
    }
    if (isAuto(spec)) {
      return known ? wellKnown(role, names) : role;
    }
    for (int i = 0; names != null && i < names.size(); i++) {
      if (spec.equalsIgnoreCase(names.get(i))) {
        return i;
      }
    }
    throw new BadInputException(
        "column '" + spec + "' for the " + ROLES.get(role) + " is not in the header: " + names);
  }

  private static void require(RatingsSource source, int[] at, List<String> names, int width) {
    String where = names == null ? width + " columns" : names.toString();
    for (int role = 0; role < at.length; role++) {
      if (at[role] == ABSENT && role < 3) {
        throw new BadInputException(
            "no column for the " + ROLES.get(role) + " among " + where + " of " + source.path());
      }
      for (int other = 0; other < role; other++) {
        if (at[role] != ABSENT && at[role] == at[other]) {
          throw new BadInputException(
              ROLES.get(other)
                  + " and "
                  + ROLES.get(role)
                  + " are both column "
                  + at[role]
                  + " among "
                  + where
                  + " of "
                  + source.path());
        }
      }
    }
    if (at[3] == ABSENT && source.order() == Order.TIMESTAMP) {
      throw new BadInputException(
          "no timestamp column among "
              + where
              + " of "
              + source.path()
              + ", which input.order = timestamp needs; name it, or use input.order = file");
    }
  }

  private static List<String> specs(RatingsSource source) {
    return List.of(
        source.userColumn(), source.itemColumn(), source.ratingColumn(), source.timestampColumn());
  }

  private static boolean isAuto(String spec) {
    return spec.equalsIgnoreCase(RatingsSource.AUTO_COLUMN);
  }

  private static boolean isPosition(String spec) {
    return spec.matches("\\d{1,6}");
  }

  private static int wellKnown(int role, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i) == null ? "" : names.get(i);
      String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
      if (WELL_KNOWN.get(role).contains(plain)) {
        return i;
      }
    }
    return ABSENT;
  }
}
