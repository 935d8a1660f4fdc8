package io.github.item2vec.job.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code recommend.eligible}, {@code denied} and {@code denied-per-user} came to; a rule that
 * is not configured is null.
 *
 * @param modelItems items of the model
 * @param items those of them that may be recommended at all
 */
public record RuleCounts(
    int modelItems, int items, Items eligible, Items denied, Pairs deniedPerUser) {

  /**
   * A rule of items.
   *
   * @param ids distinct ones that were read
   * @param unknown those of them that the model does not know
   */
  public record Items(String path, int ids, int unknown) {}

  /**
   * A rule of users' items.
   *
   * @param pairs distinct ones that were read
   * @param users of the ratings with denied items
   * @param unknownUsers with denied items, but without ratings
   * @param items distinct ones of all pairs
   * @param unknownItems those of them that the model does not know
   */
  public record Pairs(
      String path, long pairs, long users, long unknownUsers, long items, long unknownItems) {}

  /** One line. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(text("%,d of %,d items may be recommended", items, modelItems));
    if (eligible != null) {
      parts.add(text("eligible %,d ids, %,d unknown", eligible.ids, eligible.unknown));
    }
    if (denied != null) {
      parts.add(text("denied %,d ids, %,d unknown", denied.ids, denied.unknown));
    }
    if (deniedPerUser != null) {
      parts.add(
          text(
              "denied to %,d users, %,d users unknown; %,d pairs of %,d items, %,d unknown",
              deniedPerUser.users,
              deniedPerUser.unknownUsers,
              deniedPerUser.pairs,
              deniedPerUser.items,
              deniedPerUser.unknownItems));
    }
    return String.join("; ", parts);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
