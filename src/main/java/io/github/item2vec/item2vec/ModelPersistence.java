package io.github.item2vec.item2vec;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

  /** Spark warns of tasks from 1 MiB on; these carry their rows. */
  private static final long BYTES_PER_TASK = 1 << 18;

  private ModelPersistence() {}

  /** Rows go from the driver, which holds the model anyway, in tasks of bounded size. */
  static final class Writer extends MLWriter {
    private final Item2VecModel model;

    Writer(Item2VecModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession(), Option.empty(), Option.empty());
      List<Row> rows = new ArrayList<>();
      Vocabulary vocabulary = model.vocabulary();
      for (int i = 0; i < vocabulary.size(); i++) {
        rows.add(
            RowFactory.create(
                i,
                vocabulary.items()[i],
                vocabulary.counts()[i],
                model.input().floats(i),
                model.output().floats(i)));
      }
      long bytes = 8L * model.vectorSize() * rows.size();
      int slices = (int) (1 + bytes / BYTES_PER_TASK);
      sparkSession()
          .createDataFrame(
              JavaSparkContext.fromSparkContext(sc()).parallelize(rows, slices), SCHEMA)
          .write()
          .parquet(new Path(path, "data").toString());
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
