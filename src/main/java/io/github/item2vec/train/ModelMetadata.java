package io.github.item2vec.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.item2vec.files.DamagedException;
import io.github.item2vec.files.RowDigest;
import io.github.item2vec.files.SavedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The metadata of a saved model: Spark ML's own, and under {@code tables} the digest of each table
 * by its name. The one class that touches Spark's DefaultParams writer and reader. Driver only.
 */
final class ModelMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLES = "tables";

  private final DefaultParamsReader.Metadata params;
  private final ModelCheck check;

  private ModelMetadata(DefaultParamsReader.Metadata params, ModelCheck check) {
    this.params = params;
    this.check = check;
  }

  /** Writes the metadata of a model whose tables are there. */
  static void write(
      Item2VecModel model, SparkSession spark, String path, Map<String, RowDigest> digests) {
    String own =
        DefaultParamsWriter.getMetadataToSave(model, spark, Option.empty(), Option.empty());
    try {
      ObjectNode metadata = (ObjectNode) JSON.readTree(own);
      ObjectNode tables = metadata.putObject(TABLES);
      digests.forEach(
          (name, digest) ->
              tables.putObject(name).put("rows", digest.rows()).put("digest", digest.digest()));
      spark
          .createDataset(List.of(JSON.writeValueAsString(metadata)), Encoders.STRING())
          .coalesce(1)
          .write()
          .text(directory(path));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark's metadata is no JSON: " + own, e);
    }
  }

  /**
   * Reads the metadata of a model.
   *
   * @throws DamagedException when they are missing or no metadata
   * @throws IllegalArgumentException when they are another model's
   */
  static ModelMetadata read(SparkSession spark, String path) {
    List<String> lines =
        SavedTable.reading(
            directory(path),
            () ->
                SavedTable.reader(spark)
                    .text(directory(path))
                    .as(Encoders.STRING())
                    .collectAsList());
    JsonNode json = json(path, lines);
    requireModel(path, json.path("class").asText());
    Map<String, RowDigest> digests = new LinkedHashMap<>();
    json.path(TABLES)
        .properties()
        .forEach(
            table ->
                digests.put(
                    table.getKey(),
                    new RowDigest(
                        table.getValue().path("rows").asLong(-1),
                        table.getValue().path("digest").asText())));
    return new ModelMetadata(
        DefaultParamsReader.parseMetadata(lines.get(0), ""), new ModelCheck(path, digests));
  }

  private static JsonNode json(String path, List<String> lines) {
    try {
      if (lines.size() == 1 && JSON.readTree(lines.get(0)) instanceof ObjectNode metadata) {
        return metadata;
      }
    } catch (JsonProcessingException e) {
      throw damaged(path, e);
    }
    throw damaged(path, null);
  }

  private static DamagedException damaged(String path, Exception cause) {
    return new DamagedException(
        "the model in %s is damaged: metadata/ is not one line of JSON; restore it, or train again"
            .formatted(path),
        cause);
  }

  private static void requireModel(String path, String type) {
    if (type.equals(ModelPersistence.FORMER_NAME)) {
      throw new IllegalArgumentException(
          "the model in %s was saved before %s became %s: train it again"
              .formatted(path, ModelPersistence.FORMER_NAME, Item2VecModel.class.getName()));
    }
    if (!type.equals(Item2VecModel.class.getName())) {
      throw new IllegalArgumentException(
          "%s holds a %s, not an %s".formatted(path, type, Item2VecModel.class.getName()));
    }
  }

  ModelCheck check() {
    return check;
  }

  String uid() {
    return params.uid();
  }

  void setParams(Item2VecModel model) {
    params.getAndSetParams(model, Option.empty());
  }

  private static String directory(String path) {
    return new Path(path, "metadata").toString();
  }
}
