package io.github.item2vec.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.size;

import io.github.item2vec.config.JobConfig.Recommend.LeaveOut;
import io.github.item2vec.data.Columns;
import io.github.item2vec.recommend.Recommendations;
import io.github.item2vec.recommend.Seen;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The rule {@code recommend.leave-out}, for the model and all that is compared with it. */
public final class LeftOutItems {
  private LeftOutItems() {}

  /**
   * Keeps what users have rated below the minimum where the rule looks at it.
   *
   * @param users with the columns rated and ratedAt of {@link Columns}, those before the test part
   */
  static Dataset<Row> add(Dataset<Row> users, LeaveOut rule) {
    return rule == LeaveOut.RATED ? users : users.drop(Columns.RATED, Columns.RATED_AT);
  }

  /** The same where only what stands before the validation part is known. */
  public static Dataset<Row> addBeforeValidation(Dataset<Row> users, LeaveOut rule) {
    Column trained = size(col(Columns.TRAIN));
    return rule == LeaveOut.RATED
        ? users.withColumn(
            Columns.RATED,
            filter(
                col(Columns.RATED),
                (item, i) -> element_at(col(Columns.RATED_AT), i.plus(1)).leq(trained)))
        : users;
  }

  /**
   * All that a user is not recommended in one column, for tuning.
   *
   * @param users as the other methods leave them, with a column train
   */
  public static Dataset<Row> withContext(Dataset<Row> users, LeaveOut rule) {
    Column all =
        switch (rule) {
          case RATED -> concat(col(Columns.TRAIN), col(Columns.RATED));
          case LIKED -> col(Columns.TRAIN);
          case NONE -> array().cast(DataTypes.createArrayType(DataTypes.StringType));
        };
    return users.withColumn(Recommendations.LEAVE_OUT, all);
  }

  /** Whether lists leave out the context. */
  public static Seen seen(LeaveOut rule) {
    return rule == LeaveOut.NONE ? Seen.KEEP : Seen.LEAVE_OUT;
  }
}
