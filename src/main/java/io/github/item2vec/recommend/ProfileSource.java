package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Where users' profiles come from. Travels to tasks. */
interface ProfileSource extends Serializable {
  /** Opens it for one task. */
  Profiles open();

  /** The profiles of one task's users. */
  @FunctionalInterface
  interface Profiles {
    /** The profile of a user's row; null when there is none. */
    Profile of(Row user);
  }

  /**
   * By the context vectors of the items in a column.
   *
   * @param rated column of what the user has rated but does not like; negative when there is none
   */
  static ProfileSource mean(int column, int rated, Broadcast<ContextVectors> vectors) {
    return () -> {
      ContextVectors contexts = vectors.value();
      return user ->
          user.isNullAt(column)
              ? null
              : contexts.profile(
                  user.getList(column),
                  rated < 0 || user.isNullAt(rated) ? List.of() : user.getList(rated));
    };
  }

  /** A column of array&lt;float&gt;, of the length of the items' vectors. */
  static ProfileSource column(int column, int length) {
    return () ->
        user -> {
          if (user.isNullAt(column)) {
            return null;
          }
          float[] profile = floats(user.getList(column));
          if (profile.length != length) {
            throw new IllegalArgumentException(
                "profile of %d values, item vectors of %d: %s"
                    .formatted(profile.length, length, user));
          }
          return Profile.of(profile);
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
