package io.github.item2vec.data;

import io.github.item2vec.data.RatingsSource.Order;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the columns of one table: certain, or refused with the candidates and the key to set.
 * Driver only.
 *
 * @param source what is asked for
 * @param where the file, for messages
 * @param header the names, or null when there are none
 * @param rows a few rows
 */
record ColumnChoice(RatingsSource source, String where, List<String> header, List<String[]> rows) {
  private static final Pattern POSITION = Pattern.compile("\\d{1,6}");
  private static final Pattern INDEX_NAME = Pattern.compile("(unnamed.*|index|.*id|)");

  /** Amazon's and others' shapes of ids, in upper case: of an item, and of a user. */
  private static final Pattern ITEM_LIKE =
      Pattern.compile("[0-9B][0-9A-Z]{9}|(I|ITEM|MOVIE|BOOK|PRODUCT)[-_:]?[0-9]+");

  private static final Pattern USER_LIKE =
      Pattern.compile("A[0-9A-Z]{9,20}|(U|USER|CUSTOMER)[-_:]?[0-9]+");

  /** How a column was found. */
  enum By {
    SETTING,
    NAME,
    POSITION
  }

  /** Whether the setting is a name. */
  static boolean isName(String asked) {
    return !isAuto(asked) && !isNone(asked) && !isPosition(asked);
  }

  static boolean isAuto(String asked) {
    return asked.equalsIgnoreCase(RatingsSource.AUTO_COLUMN);
  }

  static boolean isNone(String asked) {
    return asked.equalsIgnoreCase(RatingsSource.NO_COLUMN);
  }

  private static boolean isPosition(String asked) {
    return POSITION.matcher(asked).matches();
  }

  By by(ColumnRole role) {
    return !isAuto(role.asked(source)) ? By.SETTING : header == null ? By.POSITION : By.NAME;
  }

  /**
   * The columns.
   *
   * @throws BadInputException when they are not certain
   */
  ColumnPositions columns() {
    Map<ColumnRole, Integer> at = new EnumMap<>(ColumnRole.class);
    for (ColumnRole role : ColumnRole.values()) {
      String asked = role.asked(source);
      if (isNone(asked)) {
        at.put(role, ColumnPositions.ABSENT);
      } else if (!isAuto(asked)) {
        at.put(role, asked(role, asked));
      }
    }
    if (header == null) {
      addByPosition(at);
    } else {
      addByName(at);
    }
    require(at);
    return new ColumnPositions(
        at.get(ColumnRole.USER),
        at.get(ColumnRole.ITEM),
        at.get(ColumnRole.RATING),
        at.get(ColumnRole.TIMESTAMP));
  }

  private int asked(ColumnRole role, String asked) {
    if (isPosition(asked)) {
      int position = Integer.parseInt(asked);
      if (header != null && position >= header.size()) {
        throw refused("%s = %d is behind the last column".formatted(role.key(), position));
      }
      return position;
    }
    List<Integer> found = new ArrayList<>();
    for (int i = 0; header != null && i < header.size(); i++) {
      if (header.get(i) != null && asked.equalsIgnoreCase(header.get(i).strip())) {
        found.add(i);
      }
    }
    if (found.size() > 1) {
      throw refused(
          "%s = '%s' names columns %s: give a position".formatted(role.key(), asked, found));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "column '%s' for the %s is not in the header; set %s to a name of it"
                        .formatted(asked, role.word(), role.key())));
  }

  private void addByName(Map<ColumnRole, Integer> at) {
    Map<ColumnRole, List<Integer>> candidates = new EnumMap<>(ColumnRole.class);
    for (ColumnRole role : ColumnRole.values()) {
      List<Integer> found = new ArrayList<>(role.among(header));
      found.removeAll(at.values());
      candidates.put(role, found);
    }
    boolean asked = at.containsKey(ColumnRole.USER) && at.containsKey(ColumnRole.ITEM);
    if (!asked && candidates.values().stream().allMatch(List::isEmpty)) {
      throw refused(
          "none of the names is a usual one; say which columns they are by input.columns.user,"
              + " .item, .rating (or none) and .timestamp; usual are "
              + ColumnRole.usualNames());
    }
    for (ColumnRole role : ColumnRole.values()) {
      if (!at.containsKey(role)) {
        at.put(role, only(role, candidates.get(role)));
      }
    }
    if (isAuto(source.ratingColumn()) && at.get(ColumnRole.RATING) == ColumnPositions.ABSENT) {
      requireNoRating(at);
    }
  }

  private int only(ColumnRole role, List<Integer> found) {
    if (found.size() > 1) {
      List<String> names = found.stream().map(header::get).toList();
      throw refused(
          "%s could all be the %s: name one by %s"
              .formatted("'" + String.join("', '", names) + "'", role.word(), role.key()));
    }
    return found.isEmpty() ? ColumnPositions.ABSENT : found.get(0);
  }

  /** A table without ratings has no other column that could be one. */
  private void requireNoRating(Map<ColumnRole, Integer> at) {
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i) == null ? "" : header.get(i).strip().toLowerCase(Locale.ROOT);
      if (!at.containsValue(i) && !INDEX_NAME.matcher(name).matches() && mayBeRating(i)) {
        throw refused(
            "'%s' may be the rating: set input.columns.rating to it, or to none, by which every"
                    .formatted(header.get(i))
                + " row counts as liked");
      }
    }
  }

  private boolean mayBeRating(int column) {
    boolean some = false;
    for (String[] row : rows) {
      Double number = column < row.length ? RowCheck.number(row[column]) : null;
      if (number == null || number < source.lowestRating() || number > source.highestRating()) {
        return false;
      }
      some = true;
    }
    return some;
  }

  private void addByPosition(Map<ColumnRole, Integer> at) {
    if (isAuto(source.userColumn()) && isAuto(source.itemColumn()) && looksSwapped()) {
      throw refused(
          "no header, and the first column looks like items, the second like users; say which they"
              + " are: input.columns.user = 1 and input.columns.item = 0, or 0 and 1");
    }
    List<ColumnRole> first = List.of(ColumnRole.USER, ColumnRole.ITEM);
    for (ColumnRole role : first) {
      int column = at.getOrDefault(role, first.indexOf(role));
      if (isAuto(role.asked(source)) && holdsDates(column)) {
        throw refused(
            "no header, and column %d holds dates, where the %s would be; say where user, item, rating"
                    .formatted(column, role.word())
                + " (or none) and timestamp are by input.columns.user, .item, .rating, .timestamp");
      }
    }
    int width = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    boolean unrated = isNone(source.ratingColumn());
    at.putIfAbsent(ColumnRole.USER, 0);
    at.putIfAbsent(ColumnRole.ITEM, 1);
    at.putIfAbsent(ColumnRole.RATING, width == 2 ? ColumnPositions.ABSENT : 2);
    int time = unrated ? 2 : 3;
    at.putIfAbsent(ColumnRole.TIMESTAMP, time < width ? time : ColumnPositions.ABSENT);
  }

  private boolean looksSwapped() {
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(
                row -> row.length > 1 && looks(ITEM_LIKE, row[0]) && looks(USER_LIKE, row[1]));
  }

  private boolean holdsDates(int column) {
    return !rows.isEmpty()
        && rows.stream()
            .allMatch(row -> column < row.length && Times.scale(row[column]) == Times.DATES);
  }

  private static boolean looks(Pattern like, String id) {
    return id != null && like.matcher(id.strip().toUpperCase(Locale.ROOT)).matches();
  }

  private void require(Map<ColumnRole, Integer> at) {
    for (ColumnRole role : List.of(ColumnRole.USER, ColumnRole.ITEM)) {
      if (at.get(role) == ColumnPositions.ABSENT) {
        throw refused("no column for the %s; name it by %s".formatted(role.word(), role.key()));
      }
    }
    for (ColumnRole role : ColumnRole.values()) {
      for (ColumnRole other : ColumnRole.values()) {
        if (other.compareTo(role) < 0
            && at.get(role) != ColumnPositions.ABSENT
            && at.get(role).equals(at.get(other))) {
          throw refused(
              "%s and %s are both column %d; set %s"
                  .formatted(other.word(), role.word(), at.get(role), role.key()));
        }
      }
    }
    if (at.get(ColumnRole.TIMESTAMP) == ColumnPositions.ABSENT
        && source.order() == Order.TIMESTAMP) {
      throw refused(
          "no timestamp column, which input.order = timestamp needs; name it by"
              + " input.columns.timestamp, or use input.order = file");
    }
  }

  private BadInputException refused(String why) {
    String seen = header == null ? "no header" : "header " + header;
    String first = rows.isEmpty() ? "" : ", first row " + shown(rows.get(0));
    return new BadInputException("%s: %s (%s%s)".formatted(where, why, seen, first));
  }

  private static List<String> shown(String[] row) {
    List<String> fields = new ArrayList<>();
    for (String field : row) {
      fields.add(field == null ? "" : field.length() > 60 ? field.substring(0, 60) + "..." : field);
    }
    return fields;
  }
}
