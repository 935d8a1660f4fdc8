package io.github.item2vec.train;

import io.github.item2vec.train.model.DistributedVectors;
import io.github.item2vec.train.model.LocalVectors;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A model on disk: Spark ML's metadata beside {@code data/}, Parquet with one row an item (index,
 * item, count, input, output). The one class that touches Spark's DefaultParams writer and reader.
 */
final class ModelPersistence {
  private static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("item", DataTypes.StringType, false)
          .add("count", DataTypes.LongType, false)
          .add("input", ModelVectors.VECTOR, false)
          .add("output", ModelVectors.VECTOR, false);

  private static final long BYTES_PER_FILE = 64L << 20;

  /** The model's class until the packages were divided, before 0.1.0. */
  static final String FORMER_NAME = "io.github.item2vec.item2vec.Item2VecModel";

  private ModelPersistence() {}

  /** Each task writes a file: of the arrays that the driver broadcasts, or of its own rows. */
  static final class Writer extends MLWriter {
    private final Item2VecModel model;

    Writer(Item2VecModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession(), Option.empty(), Option.empty());
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(sc());
      Broadcast<Vocabulary> vocabulary = spark.broadcast(model.vocabulary());
      rows(spark)
          .map(new ModelRowFn(vocabulary), Encoders.row(SCHEMA))
          .write()
          // One encoding a column: a footer lists them in the order of a hash set, another in each
          // JVM. Pages of version 1 have an encoding of their levels beside that of the values.
          .option("parquet.writer.version", "PARQUET_2_0")
          .option("parquet.enable.dictionary", "false")
          .parquet(new Path(path, "data").toString());
      vocabulary.destroy();
    }

    /** Rows of {@link ModelVectors#SCHEMA} in partitions of bounded size. */
    private Dataset<Row> rows(JavaSparkContext spark) {
      if (model.vectors() instanceof DistributedVectors distributed) {
        return distributed.rows();
      }
      int items = model.vocabulary().size();
      int files = (int) (1 + 8L * model.vectorSize() * items / BYTES_PER_FILE);
      Broadcast<LocalVectors> vectors = spark.broadcast(model.vectors().local());
      return sparkSession()
          .range(0, items, 1, files)
          .map(
              (MapFunction<Long, Row>)
                  index -> {
                    int row = Math.toIntExact(index);
                    LocalVectors local = vectors.value();
                    return RowFactory.create(
                        row, local.input().floats(row), local.output().floats(row));
                  },
              Encoders.row(ModelVectors.SCHEMA));
    }
  }

  static final class Reader extends MLReader<Item2VecModel> {
    @Override
    public Item2VecModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sparkSession(), "");
      if (metadata.className().equals(FORMER_NAME)) {
        throw new IllegalArgumentException(
            "the model in %s was saved before %s became %s: train it again"
                .formatted(path, FORMER_NAME, Item2VecModel.class.getName()));
      }
      if (!metadata.className().equals(Item2VecModel.class.getName())) {
        throw new IllegalArgumentException(
            "%s holds a %s, not an %s"
                .formatted(path, metadata.className(), Item2VecModel.class.getName()));
      }
      Dataset<Row> rows = sparkSession().read().parquet(new Path(path, "data").toString());
      Vocabulary vocabulary = Vocabulary.of(rows.orderBy("index").select("item", "count"));
      int vectorSize = rows.select(functions.size(rows.col("input"))).first().getInt(0);
      ModelVectors vectors =
          ModelVectors.of(rows.select("index", "input", "output"), vocabulary.size(), vectorSize);
      Item2VecModel model = new Item2VecModel(metadata.uid(), vocabulary, vectors, null);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
