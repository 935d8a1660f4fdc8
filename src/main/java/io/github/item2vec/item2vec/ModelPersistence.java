package io.github.item2vec.item2vec;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A model on disk: Spark ML's metadata beside {@code data/}, Parquet with one row an item (index,
 * item, count, input, output). The one class that touches Spark's DefaultParams writer and reader.
 */
final class ModelPersistence {
  private static final DataType VECTOR = DataTypes.createArrayType(DataTypes.FloatType, false);
  private static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("item", DataTypes.StringType, false)
          .add("count", DataTypes.LongType, false)
          .add("input", VECTOR, false)
          .add("output", VECTOR, false);

  private static final long BYTES_PER_FILE = 64L << 20;

  private ModelPersistence() {}

  /** The driver broadcasts the model, which it holds anyway; each task writes a file of it. */
  static final class Writer extends MLWriter {
    private final Item2VecModel model;

    Writer(Item2VecModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession(), Option.empty(), Option.empty());
      int items = model.vocabulary().size();
      int files = (int) (1 + 8L * model.vectorSize() * items / BYTES_PER_FILE);
      Broadcast<Item2VecModel> broadcast = JavaSparkContext.fromSparkContext(sc()).broadcast(model);
      sparkSession()
          .range(0, items, 1, files)
          .map(new ModelRowFn(broadcast), Encoders.row(SCHEMA))
          .write()
          .parquet(new Path(path, "data").toString());
      broadcast.destroy();
    }
  }

  static final class Reader extends MLReader<Item2VecModel> {
    @Override
    public Item2VecModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sparkSession(), Item2VecModel.class.getName());
      List<Row> rows =
          sparkSession()
              .read()
              .parquet(new Path(path, "data").toString())
              .orderBy("index")
              .collectAsList();
      Vocabulary vocabulary =
          new Vocabulary(
              rows.stream().map(row -> row.getString(1)).toArray(String[]::new),
              rows.stream().mapToLong(row -> row.getLong(2)).toArray());
      int vectorSize = rows.get(0).getList(3).size();
      ItemMatrix input = ItemMatrix.zeros(rows.size(), vectorSize);
      ItemMatrix output = ItemMatrix.zeros(rows.size(), vectorSize);
      for (int i = 0; i < rows.size(); i++) {
        input.set(i, floats(rows.get(i).getList(3)));
        output.set(i, floats(rows.get(i).getList(4)));
      }
      Item2VecModel model = new Item2VecModel(metadata.uid(), vocabulary, input, output);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }

    private static float[] floats(List<Float> values) {
      float[] vector = new float[values.size()];
      for (int d = 0; d < vector.length; d++) {
        vector[d] = values.get(d);
      }
      return vector;
    }
  }
}
