package io.github.item2vec.recommend;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Lists when no process holds all item vectors: blocks of users meet tiles of items, each pair in
 * memory alone, and a user's partial lists are merged. Driver only.
 *
 * @param leftOut what is not recommended
 */
record TiledLists(
    ListSettings settings, ProfileSource profiles, LeftOut leftOut, PopularLists popular) {
  /** A tile is read once for so many users. */
  private static final int BLOCK_USERS = 4096;

  private static final String KEY = "item2vec_user";
  private static final String LIST = "item2vec_list";

  /**
   * Joins its list to each user's row.
   *
   * @param users with a column named user, distinct and not null
   */
  Dataset<Row> lists(Dataset<Row> users, JavaRDD<CandidateItems> tiles) {
    if (!Arrays.asList(users.columns()).contains(Recommendations.USER)) {
      throw new IllegalArgumentException(
          "items are tiled, which needs a column 'user': there are "
              + Arrays.toString(users.columns()));
    }
    int userColumn = users.schema().fieldIndex(Recommendations.USER);
    FlatMapFunction<Iterator<Row>, UserBlock> cut = blocks(settings, profiles, userColumn, leftOut);
    FlatMapFunction<Tuple2<UserBlock, CandidateItems>, Tuple2<String, PartialList>> score =
        score(settings);
    int k = settings.k();
    JavaRDD<Row> merged =
        users
            .javaRDD()
            .mapPartitions(cut)
            .cartesian(tiles)
            .flatMap(score)
            .mapToPair(list -> list)
            .reduceByKey((a, b) -> a.merge(b, k))
            .map(row(settings)::call);
    Dataset<Row> lists = users.sparkSession().createDataFrame(merged, schema());
    int width = users.columns().length;
    MapFunction<Row, Row> finish = finish(popular, width);
    return users
        .join(lists, col(Recommendations.USER).cast(DataTypes.StringType).equalTo(col(KEY)), "left")
        .map(finish, Encoders.row(Recommendations.schema(users.schema())));
  }

  private static StructType schema() {
    StructType list =
        new StructType()
            .add(Recommendations.ITEMS, DataTypes.createArrayType(DataTypes.StringType, false))
            .add(Recommendations.SCORES, DataTypes.createArrayType(DataTypes.FloatType, false));
    return new StructType().add(KEY, DataTypes.StringType).add(LIST, list);
  }

  private static FlatMapFunction<Iterator<Row>, UserBlock> blocks(
      ListSettings settings, ProfileSource profiles, int userColumn, LeftOut leftOut) {
    return rows -> new UserBlock.Blocks(rows, BLOCK_USERS, settings, profiles, userColumn, leftOut);
  }

  private static FlatMapFunction<Tuple2<UserBlock, CandidateItems>, Tuple2<String, PartialList>>
      score(ListSettings settings) {
    return pair -> {
      UserBlock users = pair._1();
      CandidateItems items = pair._2();
      ScoredBlock block = settings.block(items);
      return IntStream.iterate(0, from -> from < users.size(), from -> from + block.capacity())
          .boxed()
          .flatMap(
              from -> {
                int to = Math.min(users.size(), from + block.capacity());
                block.clear();
                for (int i = from; i < to; i++) {
                  block.add(Profile.of(users.profile(i)), items.leftOut(users.seen(i)), items);
                }
                block.score(items);
                return IntStream.range(from, to)
                    .mapToObj(i -> new Tuple2<>(users.user(i), block.list(i - from, items)));
              })
          .iterator();
    };
  }

  private static MapFunction<Tuple2<String, PartialList>, Row> row(ListSettings settings) {
    return list ->
        RowFactory.create(
            list._1(),
            RowFactory.create(
                list._2().items(),
                Recommendations.scores(settings, list._2().products(), list._2().logSum())));
  }

  /** Drops the columns of the join; users without a profile get their list. */
  private static MapFunction<Row, Row> finish(PopularLists popular, int width) {
    return joined -> {
      Object[] values = new Object[width];
      Arrays.setAll(values, joined::get);
      Row user = RowFactory.create(values);
      if (joined.isNullAt(width)) {
        return popular.coldList(user);
      }
      Row list = joined.getStruct(width + 1);
      return Recommendations.append(
          user,
          list.<String>getList(0).toArray(String[]::new),
          list.isNullAt(1) ? null : ProfileSource.floats(list.getList(1)),
          false);
    };
  }
}
