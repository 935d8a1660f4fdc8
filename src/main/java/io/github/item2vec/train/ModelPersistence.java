package io.github.item2vec.train;

import io.github.item2vec.files.DamagedException;
import io.github.item2vec.files.RowDigest;
import io.github.item2vec.files.SavedTable;
import io.github.item2vec.recommend.ItemTable;
import io.github.item2vec.recommend.LagWeights;
import io.github.item2vec.recommend.ProfileRule;
import io.github.item2vec.train.model.DistributedVectors;
import io.github.item2vec.train.model.LocalVectors;
import io.github.item2vec.train.model.ModelRule;
import io.github.item2vec.train.model.ModelVectors;
import io.github.item2vec.train.model.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model on disk: Spark ML's metadata next to {@code data/}, Parquet with one row per item (index,
 * item, count, input, output), {@code rule/} with the weights by lag, and where there are any
 * {@code tables/}, one row per item of what it adds to others. Each table is digested by the job
 * that writes it, see {@link RowDigest}; the digests stand in the metadata, which is written last,
 * see {@link ModelMetadata}.
 */
final class ModelPersistence {
  private static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("item", DataTypes.StringType, false)
          .add("count", DataTypes.LongType, false)
          .add("input", ModelVectors.VECTOR, false)
          .add("output", ModelVectors.VECTOR, false);

  private static final StructType RULE =
      new StructType()
          .add("lags", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("rated", DataTypes.DoubleType, false);

  private static final long BYTES_PER_FILE = 64L << 20;

  /** The model's class until the packages were divided, before 0.1.0. */
  static final String FORMER_NAME = "io.github.item2vec.item2vec.Item2VecModel";

  private static final String DATA = "data";
  private static final String WEIGHTS = "rule";
  private static final String TABLES = "tables";

  private ModelPersistence() {}

  private static String part(String path, String name) {
    return new Path(path, name).toString();
  }

  /** Each task writes a file: of the arrays that the driver broadcasts, or of its own rows. */
  static final class Writer extends MLWriter {
    private final Item2VecModel model;

    Writer(Item2VecModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      Map<String, RowDigest> digests = new LinkedHashMap<>();
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(sc());
      Broadcast<Vocabulary> vocabulary = spark.broadcast(model.vocabulary());
      digests.put(
          DATA,
          save(rows(spark).map(new ModelRowFn(vocabulary), Encoders.row(SCHEMA)), path, DATA));
      vocabulary.destroy();
      saveRule(path, digests);
      ModelMetadata.write(model, sparkSession(), path, digests);
    }

    private void saveRule(String path, Map<String, RowDigest> digests) {
      ProfileRule rule = model.rule().numbers();
      Row numbers = RowFactory.create(rule.lags().values(), rule.rated());
      digests.put(
          WEIGHTS,
          save(sparkSession().createDataFrame(List.of(numbers), RULE).coalesce(1), path, WEIGHTS));
      if (model.rule().rows().isPresent()) {
        digests.put(TABLES, save(model.rule().rows().get(), path, TABLES));
      } else if (rule.transitions().size() + rule.neighbours().size() > 0) {
        int items = model.vocabulary().size();
        int files = (int) (1 + rule.bytes() / BYTES_PER_FILE);
        Broadcast<ProfileRule> tables = JavaSparkContext.fromSparkContext(sc()).broadcast(rule);
        digests.put(
            TABLES,
            save(
                sparkSession()
                    .range(0, items, 1, files)
                    .map(
                        (MapFunction<Long, Row>) item -> row(tables.value(), item),
                        Encoders.row(ModelRule.TABLES)),
                path,
                TABLES));
        tables.destroy();
      }
    }

    private static Row row(ProfileRule rule, long index) {
      int item = Math.toIntExact(index);
      return RowFactory.create(
          item,
          rule.transitions().columns(item),
          rule.transitions().values(item),
          rule.neighbours().columns(item),
          rule.neighbours().values(item));
    }

    /**
     * One encoding a column: a footer lists them in the order of a hash set, another in each JVM.
     * Pages of version 1 have an encoding of their levels beside that of the values.
     */
    private static RowDigest save(Dataset<Row> rows, String path, String name) {
      RowDigest.Observed observed = new RowDigest.Observed(rows);
      observed
          .table()
          .write()
          .option("parquet.writer.version", "PARQUET_2_0")
          .option("parquet.enable.dictionary", "false")
          .parquet(part(path, name));
      return observed.digest();
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

  /** Reads what it checks, see {@link ModelCheck}. */
  static final class Reader extends MLReader<Item2VecModel> {
    @Override
    public Item2VecModel load(String path) {
      return SavedTable.reading(path, () -> checked(path));
    }

    /** Reads all tables once and keeps nothing. */
    void verify(String path) {
      SavedTable.reading(
          path,
          () -> {
            ModelCheck check = ModelMetadata.read(sparkSession(), path).check();
            ModelCheck.Size size = check.data(table(SCHEMA, path, DATA));
            numbers(path, size.items(), check);
            return tables(path, size.items(), check);
          });
    }

    private Item2VecModel checked(String path) {
      ModelMetadata metadata = ModelMetadata.read(sparkSession(), path);
      Dataset<Row> rows = table(SCHEMA, path, DATA);
      ModelCheck.Size size = metadata.check().data(rows);
      Vocabulary vocabulary = Vocabulary.of(rows.orderBy("index").select("item", "count"));
      if (vocabulary.size() != size.items()) {
        throw new DamagedException(
            "the model in %s is damaged: data/ changed while it was read".formatted(path));
      }
      ModelVectors vectors =
          ModelVectors.of(rows.select("index", "input", "output"), size.items(), size.vectorSize());
      ModelRule rule =
          rule(
              numbers(path, size.items(), metadata.check()),
              tables(path, size.items(), metadata.check()),
              vectors instanceof LocalVectors);
      Item2VecModel model = new Item2VecModel(metadata.uid(), vocabulary, vectors, rule, null);
      metadata.setParams(model);
      return model;
    }

    private static ModelRule rule(
        ProfileRule numbers, Optional<Dataset<Row>> tables, boolean local) {
      if (tables.isEmpty()) {
        return ModelRule.local(numbers);
      }
      return local
          ? ModelRule.local(ModelRule.with(numbers, tables.get().collectAsList()))
          : ModelRule.distributed(numbers, tables.get());
    }

    /** Without tables. */
    private ProfileRule numbers(String path, int items, ModelCheck check) {
      if (check.isSilent() && !exists(part(path, WEIGHTS))) {
        throw new IllegalArgumentException(
            "%s: not a model of this version: it has no rule/; train again".formatted(path));
      }
      Dataset<Row> weights = table(RULE, path, WEIGHTS);
      check.requireSaved(WEIGHTS, RowDigest.of(weights));
      Row numbers = weights.first();
      double[] lags =
          numbers.<Double>getList(0).stream().mapToDouble(Double::doubleValue).toArray();
      ItemTable none = ItemTable.empty(items);
      return new ProfileRule(LagWeights.of(lags), numbers.getDouble(1), none, none);
    }

    private Optional<Dataset<Row>> tables(String path, int items, ModelCheck check) {
      if (!check.expects(TABLES) || (check.isSilent() && !exists(part(path, TABLES)))) {
        return Optional.empty();
      }
      Dataset<Row> tables = table(ModelRule.TABLES, path, TABLES);
      check.itemTable(TABLES, tables, items);
      return Optional.of(tables);
    }

    /** With the schema that was written, so that no file is opened twice for it. */
    private Dataset<Row> table(StructType schema, String path, String name) {
      return SavedTable.reader(sparkSession()).schema(schema).parquet(part(path, name));
    }

    private boolean exists(String path) {
      try {
        Path file = new Path(path);
        return file.getFileSystem(sparkSession().sessionState().newHadoopConf()).exists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }
  }
}
