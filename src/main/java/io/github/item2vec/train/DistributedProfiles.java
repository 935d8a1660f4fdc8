package io.github.item2vec.train;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.train.model.ItemMatrix;
import io.github.item2vec.train.model.Vocabulary;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Profiles from vectors that no task holds whole: each distinct sequence, named by 128 bits of
 * hashes, is joined with its items' vectors. Three shuffles; the vectors are shuffled once.
 */
final class DistributedProfiles {
  private static final String KEY = "item2vec key";
  private static final String OTHER_KEY = "item2vec other key";

  /** Any number: makes the second hash another one. */
  private static final int SALT = 0x5eed;

  private DistributedProfiles() {}

  static Dataset<Row> add(
      Dataset<?> sequences,
      Column items,
      String outputCol,
      Broadcast<Vocabulary> vocabulary,
      LagWeights lags,
      Dataset<Row> vectors) {
    Dataset<Row> keyed =
        sequences
            .withColumn(KEY, xxhash64(items))
            .withColumn(OTHER_KEY, xxhash64(lit(SALT), items));
    Column indices =
        udf(new IndicesFn(vocabulary), DataTypes.createArrayType(DataTypes.IntegerType))
            .apply(items);
    Dataset<Row> profiles =
        keyed
            .dropDuplicates(new String[] {KEY, OTHER_KEY})
            .select(col(KEY), col(OTHER_KEY), posexplode(indices).as(new String[] {"at", "index"}))
            .join(vectors.select("index", "input"), "index")
            .groupBy(KEY, OTHER_KEY)
            .agg(array_sort(collect_list(struct("at", "input"))).as("rows"))
            .select(
                col(KEY),
                col(OTHER_KEY),
                udf(new MeanFn(lags), SQLDataTypes.VectorType()).apply(col("rows")).as(outputCol));
    return keyed
        .join(profiles, CollectionConverters.asScala(List.of(KEY, OTHER_KEY)).toSeq(), "left")
        .drop(KEY, OTHER_KEY);
  }

  /** A sequence to the indices of its known items. */
  private static final class IndicesFn implements UDF1<Seq<String>, int[]> {
    private static final long serialVersionUID = 1L;
    private final Broadcast<Vocabulary> vocabulary;

    IndicesFn(Broadcast<Vocabulary> vocabulary) {
      this.vocabulary = vocabulary;
    }

    @Override
    public int[] call(Seq<String> items) {
      return items == null ? null : vocabulary.value().encode(CollectionConverters.asJava(items));
    }
  }

  /** Rows (position, vector) in order to their mean weighted by lag, added in that order. */
  private static final class MeanFn implements UDF1<Seq<Row>, Vector> {
    private static final long serialVersionUID = 1L;
    private final LagWeights lags;

    MeanFn(LagWeights lags) {
      this.lags = lags;
    }

    @Override
    public Vector call(Seq<Row> rows) {
      double[][] vectors = new double[rows.size()][];
      for (int i = 0; i < vectors.length; i++) {
        List<Float> vector = rows.apply(i).getList(1);
        vectors[i] = vector.stream().mapToDouble(Float::doubleValue).toArray();
      }
      return Vectors.dense(ItemMatrix.sum(vectors, lags.shares(vectors.length)));
    }
  }
}
