package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Which items a user is not recommended: those of the columns context, rated and leaveOut, where
 * there are such columns and the settings want it. Runs in tasks.
 */
final class LeftOut implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Places of columns that are left out always, and of those that are seen; none is negative. */
  private final int[] always;

  private final int[] seen;

  private LeftOut(int[] always, int[] seen) {
    this.always = always;
    this.seen = seen;
  }

  static LeftOut of(StructType users) {
    return new LeftOut(
        places(users, Recommendations.LEAVE_OUT),
        places(users, Recommendations.CONTEXT, Recommendations.RATED));
  }

  private static int[] places(StructType users, String... names) {
    List<String> all = List.of(users.fieldNames());
    return List.of(names).stream().mapToInt(all::indexOf).filter(place -> place >= 0).toArray();
  }

  /** The items, maybe some of them twice, maybe unknown ones. */
  List<String> of(Row user, ListSettings settings) {
    List<String> items = new ArrayList<>();
    IntStream columns = IntStream.of(always);
    if (settings.seen() == Seen.LEAVE_OUT) {
      columns = IntStream.concat(columns, IntStream.of(seen));
    }
    columns
        .filter(column -> !user.isNullAt(column))
        .forEach(column -> items.addAll(user.<String>getList(column)));
    return items;
  }
}
