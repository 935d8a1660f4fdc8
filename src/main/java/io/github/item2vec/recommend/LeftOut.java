package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Which items a user is not recommended: those of the columns {@code context} and {@code leaveOut},
 * where there are such columns and the settings want it. Runs in tasks.
 *
 * @param context place of the column; negative when there is none
 * @param leaveOut likewise
 */
record LeftOut(int context, int leaveOut) implements Serializable {
  private static final long serialVersionUID = 1L;

  static LeftOut of(StructType users) {
    List<String> names = List.of(users.fieldNames());
    return new LeftOut(
        names.indexOf(Recommendations.CONTEXT), names.indexOf(Recommendations.LEAVE_OUT));
  }

  /** The items, maybe some of them twice, maybe unknown ones. */
  List<String> of(Row user, ListSettings settings) {
    boolean seen = settings.seen() == Seen.LEAVE_OUT && context >= 0 && !user.isNullAt(context);
    boolean more = leaveOut >= 0 && !user.isNullAt(leaveOut);
    if (!more) {
      return seen ? user.getList(context) : List.of();
    }
    List<String> items = new ArrayList<>(user.<String>getList(leaveOut));
    if (seen) {
      items.addAll(user.<String>getList(context));
    }
    return items;
  }
}
