package io.github.item2vec.data;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How each user's rows are dealt out to train, validation and test part. Every row goes to exactly
 * one part.
 */
public sealed interface Split permits LeaveLast, GlobalTime {
  /**
   * Splits histories.
   *
   * @param histories columns user, items (array of string, in order) and, for {@link GlobalTime},
   *     times (array of double, of the same length); optionally what the user rated below the
   *     minimum: {@link Columns#RATED}, {@link Columns#RATED_AT} and, likewise, {@link
   *     Columns#RATED_TIMES}
   * @return user, train, validation, test: arrays of items in the histories' order, maybe empty;
   *     where they were given, rated and ratedAt of what stands before the test part. Lazy, no
   *     shuffle.
   */
  Dataset<Row> split(Dataset<Row> histories);

  /** Whether histories say what was rated below the minimum. */
  static boolean knowsRated(Dataset<Row> histories) {
    return Arrays.asList(histories.columns()).contains(Columns.RATED);
  }

  /** In a few words, for people. */
  String description();

  /** Which knowledge of the future a model has that is trained on the train part: a sentence. */
  String leak();
}
