package io.github.item2vec.recommend;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Appends the list of one user to the user's row. Runs in tasks. */
final class RecommendFn implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final int k;
  private final ColdUsers coldUsers;
  private final int contextColumn;
  private final Broadcast<PopularItems> popular;

  /** Holds null when the lists are by popularity. */
  private final Broadcast<ItemVectors> vectors;

  RecommendFn(
      int k,
      ColdUsers coldUsers,
      int contextColumn,
      Broadcast<PopularItems> popular,
      Broadcast<ItemVectors> vectors) {
    this.k = k;
    this.coldUsers = coldUsers;
    this.contextColumn = contextColumn;
    this.popular = popular;
    this.vectors = vectors;
  }

  @Override
  public Row call(Row user) {
    List<String> context = user.getList(contextColumn);
    ItemVectors items = vectors.value();
    if (items == null) {
      return popularList(user, context, false);
    }
    float[] profile = items.profile(context);
    if (profile != null) {
      return scoredList(user, context, items, profile);
    }
    return coldUsers == ColdUsers.POPULAR
        ? popularList(user, context, true)
        : append(user, null, null, true);
  }

  private Row scoredList(Row user, List<String> context, ItemVectors items, float[] profile) {
    boolean[] seen = new boolean[items.size()];
    for (String item : context) {
      int index = items.indexOf(item);
      if (index >= 0) {
        seen[index] = true;
      }
    }
    TopK best = new TopK(Math.min(k, items.size()));
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        best.offer(i, items.score(profile, i));
      }
    }
    int[] indices = new int[best.size()];
    float[] scores = new float[best.size()];
    best.drainTo(indices, scores);
    String[] ids = new String[indices.length];
    Arrays.setAll(ids, i -> items.item(indices[i]));
    return append(user, ids, scores, false);
  }

  private Row popularList(Row user, List<String> context, boolean cold) {
    PopularItems items = popular.value();
    Set<String> seen = new HashSet<>(context);
    String[] ids = new String[Math.min(k, items.size())];
    float[] scores = new float[ids.length];
    int length = 0;
    for (int rank = 0; rank < items.size() && length < ids.length; rank++) {
      if (!seen.contains(items.item(rank))) {
        ids[length] = items.item(rank);
        scores[length++] = items.count(rank);
      }
    }
    return append(user, Arrays.copyOf(ids, length), Arrays.copyOf(scores, length), cold);
  }

  private static Row append(Row user, String[] ids, float[] scores, boolean cold) {
    int width = user.size();
    Object[] values = new Object[width + 3];
    for (int i = 0; i < width; i++) {
      values[i] = user.get(i);
    }
    values[width] = ids;
    values[width + 1] = scores;
    values[width + 2] = cold;
    return RowFactory.create(values);
  }
}
