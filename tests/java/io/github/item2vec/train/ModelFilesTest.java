package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.files.DamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest extends SparkTest {
  @Test
  void aModelOfAFormerClassNameIsRefusedInOneSentence(@TempDir java.nio.file.Path directory)
      throws IOException {
    String model = directory.resolve("model").toString();
    ModelFixture.save(spark, model);
    try (Stream<java.nio.file.Path> files = Files.list(directory.resolve("model/metadata"))) {
      for (java.nio.file.Path file : files.toList()) {
        if (file.toString().endsWith(".crc")) {
          Files.delete(file);
        } else if (Files.size(file) > 0) {
          String text = Files.readString(file);
          Files.writeString(
              file, text.replace(Item2VecModel.class.getName(), ModelPersistence.FORMER_NAME));
        }
      }
    }

    assertThatThrownBy(() -> Item2VecModel.load(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the model in %s was saved before %s became %s: train it again",
            model, ModelPersistence.FORMER_NAME, Item2VecModel.class.getName());
  }

  @Test
  void aModelWithoutItsRuleIsRefused(@TempDir java.nio.file.Path directory) throws IOException {
    java.nio.file.Path model = directory.resolve("model");
    ModelFixture.save(spark, model.toString());
    Files.move(model.resolve("rule"), directory.resolve("elsewhere"));

    assertThatThrownBy(() -> Item2VecModel.load(model.toString()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(model + " is missing or damaged: Path does not exist")
        .hasMessageContaining("/rule");
  }

  /** Of two encodings a footer would name first the one or the other, as the JVM hashes them. */
  @Test
  void aColumnHasOneEncoding(@TempDir java.nio.file.Path directory) throws IOException {
    String model = directory.resolve("model").toString();
    ModelFixture.save(spark, model);

    List<BlockMetaData> blocks;
    try (Stream<java.nio.file.Path> files = Files.list(directory.resolve("model/data"))) {
      String file =
          files.map(Object::toString).filter(f -> f.endsWith(".parquet")).findAny().orElseThrow();
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(new Path(file), new Configuration(false)))) {
        blocks = reader.getFooter().getBlocks();
      }
    }
    assertThat(blocks)
        .singleElement()
        .satisfies(
            block ->
                assertThat(block.getColumns())
                    .hasSize(5)
                    .allSatisfy(column -> assertThat(column.getEncodings()).hasSize(1)));
  }
}
