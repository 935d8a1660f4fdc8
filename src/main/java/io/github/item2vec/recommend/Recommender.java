package io.github.item2vec.recommend;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Top-K unseen items for each user, by exact scoring of the whole catalogue.
 *
 * <p>Cost: the vectors are broadcast once; then one narrow pass over the users without a shuffle, k
 * + catalogue floats of memory a task. Lazy: nothing runs before an action. Ties between scores go
 * to the lower item id, so lists do not depend on partitions or cores. Equals a full sort.
 */
public final class Recommender {
  private final int k;
  private final ColdUsers coldUsers;
  private final PopularItems popular;

  /**
   * @param k list length, >= 1; a list is shorter only when fewer unseen items exist
   * @param coldUsers what users without a known item in their context get
   * @param popular the list for them
   */
  public Recommender(int k, ColdUsers coldUsers, PopularItems popular) {
    if (k < 1) {
      throw new IllegalArgumentException("k = %d: must be >= 1".formatted(k));
    }
    this.k = k;
    this.coldUsers = coldUsers;
    this.popular = popular;
  }

  /**
   * Lists by profile . target.
   *
   * @param users a column {@code context} (array&lt;string&gt;: the profile is the mean over it,
   *     its items are not recommended) and any others, which are kept
   * @return the columns of {@code users} and those of the list, see {@link Recommendations}
   */
  public Dataset<Row> byVectors(Dataset<Row> users, ItemVectors vectors) {
    return lists(users, vectors);
  }

  /** The popularity list without each user's context, for every user. */
  public Dataset<Row> byPopularity(Dataset<Row> users) {
    return lists(users, null);
  }

  private Dataset<Row> lists(Dataset<Row> users, ItemVectors vectors) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(users.sparkSession().sparkContext());
    int contextColumn = users.schema().fieldIndex(Recommendations.CONTEXT);
    RecommendFn fn =
        new RecommendFn(
            k, coldUsers, contextColumn, context.broadcast(popular), context.broadcast(vectors));
    return users.map(
        (MapFunction<Row, Row>) fn, Encoders.row(Recommendations.schema(users.schema())));
  }
}
