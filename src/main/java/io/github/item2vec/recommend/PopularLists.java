package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Lists by popularity, without what the user has seen. Runs in tasks. */
final class PopularLists implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ListSettings settings;
  private final LeftOut leftOut;

  /** Only items that may be recommended. */
  private final Broadcast<PopularItems> popular;

  PopularLists(ListSettings settings, LeftOut leftOut, Broadcast<PopularItems> popular) {
    this.settings = settings;
    this.leftOut = leftOut;
    this.popular = popular;
  }

  /** What a user gets who has no profile. */
  Row coldList(Row user) {
    return settings.coldUsers() == ColdUsers.POPULAR
        ? list(user, true)
        : Recommendations.append(user, null, null, true);
  }

  /** For every user. */
  MapFunction<Row, Row> all() {
    return user -> list(user, false);
  }

  private Row list(Row user, boolean cold) {
    PopularItems items = popular.value();
    Set<String> seen = new HashSet<>(leftOut.of(user, settings));
    String[] ids = new String[Math.min(settings.k(), items.size())];
    float[] scores = new float[ids.length];
    int length = 0;
    for (int rank = 0; rank < items.size() && length < ids.length; rank++) {
      if (!seen.contains(items.item(rank))) {
        ids[length] = items.item(rank);
        scores[length++] = items.count(rank);
      }
    }
    return Recommendations.append(
        user,
        Arrays.copyOf(ids, length),
        settings.scores() == Scores.NONE ? null : Arrays.copyOf(scores, length),
        cold);
  }
}
