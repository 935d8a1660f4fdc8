package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Where a user's profile comes from. Runs in tasks. */
interface ProfileSource extends Serializable {
  /** The profile of a user's row; null when there is none. */
  float[] profile(Row user);

  /** The mean context vector of the items in a column. */
  static ProfileSource mean(int column, Broadcast<ContextVectors> vectors) {
    return user -> user.isNullAt(column) ? null : vectors.value().profile(user.getList(column));
  }

  /** A column of array&lt;float&gt;, of the length of the items' vectors. */
  static ProfileSource column(int column, int length) {
    return user -> {
      if (user.isNullAt(column)) {
        return null;
      }
      float[] profile = floats(user.getList(column));
      if (profile.length != length) {
        throw new IllegalArgumentException(
            "profile of %d values, item vectors of %d: %s".formatted(profile.length, length, user));
      }
      return profile;
    };
  }

  static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    int i = 0;
    for (float value : values) {
      floats[i++] = value;
    }
    return floats;
  }
}
