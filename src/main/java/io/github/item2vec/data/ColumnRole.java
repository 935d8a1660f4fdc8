package io.github.item2vec.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a column is needed for, and the names that it usually has; driver only. */
enum ColumnRole {
  USER("user", "userid", "uid", "reviewerid", "customerid", "visitorid"),
  ITEM(
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
  RATING("rating", "score", "stars", "star", "overall", "bookrating", "ratingscore"),
  TIMESTAMP("timestamp", "ts", "time", "date", "datetime", "unixreviewtime", "unixtime");

  /** Session logs: the user where no user is named. */
  private static final String SESSION = "sessionid";

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[_\\- ]");

  /** RecBole's files tell a column's type in its name. */
  private static final Pattern TYPE = Pattern.compile(":(token|float)(_seq)?$");

  @SuppressWarnings("ImmutableEnumChecker") // of Set.of
  private final Set<String> names;

  ColumnRole(String... names) {
    this.names = Set.of(names);
  }

  /** The setting that names the column. */
  String key() {
    return "input.columns." + word();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As {@link RatingsSource} asks for it: auto, none, a position or a name. */
  String asked(RatingsSource source) {
    return switch (this) {
      case USER -> source.userColumn();
      case ITEM -> source.itemColumn();
      case RATING -> source.ratingColumn();
      case TIMESTAMP -> source.timestampColumn();
    };
  }

  /** Where columns of a usual name are. */
  List<Integer> among(List<String> header) {
    List<Integer> found = new ArrayList<>();
    List<String> plain = header.stream().map(ColumnRole::plain).toList();
    for (int i = 0; i < plain.size(); i++) {
      if (names.contains(plain.get(i))) {
        found.add(i);
      }
    }
    if (this == USER && found.isEmpty() && plain.contains(SESSION)) {
      found.add(plain.indexOf(SESSION));
    }
    return found;
  }

  /** Whether the fields name the user and the item by usual names: then they are a header. */
  static boolean nameUserAndItem(List<String> fields) {
    return !USER.among(fields).isEmpty() && !ITEM.among(fields).isEmpty();
  }

  /** Lower case, without what separates words. */
  private static String plain(String name) {
    String bare = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
    return BETWEEN_WORDS.matcher(TYPE.matcher(bare).replaceFirst("")).replaceAll("");
  }

  /** All usual names, for messages. */
  static String usualNames() {
    return Arrays.stream(values())
        .map(role -> role.word() + ": " + String.join(" ", role.names.stream().sorted().toList()))
        .reduce((a, b) -> a + "; " + b)
        .orElseThrow();
  }
}
