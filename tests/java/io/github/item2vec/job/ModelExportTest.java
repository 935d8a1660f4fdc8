package io.github.item2vec.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.job.ModelExport.Format;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.format.Word2VecFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.Word2Vec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportTest extends SparkTest {
  @TempDir Path directory;

  @Test
  void word2vecFilesHoldTheModelsVectors() throws IOException {
    Item2VecModel model = saved("'a', 'b', 'c'", "'a', 'b'");
    String said = write(Format.TEXT, "vectors.txt");
    write(Format.BINARY, "vectors.bin");

    assertThat(said).isEqualTo("3 vectors of 4 values in %s%n".formatted(path("vectors.txt")));
    for (Item2VecModel read :
        List.of(
            Word2VecFormat.text(path("vectors.txt")).read(),
            Word2VecFormat.binary(path("vectors.bin")).read())) {
      assertThat(read.items()).isEqualTo(model.items());
      assertThat(read.inputVectors()).isEqualTo(model.inputVectors());
    }
  }

  @Test
  void theTsvPairHoldsThemWithTitles() throws IOException {
    Item2VecModel model = saved("'a', 'b x', 'c'", "'a', 'b x'");
    Files.writeString(directory.resolve("titles"), "a|The a\nb x|\n");
    write(Format.TSV, "projector", "input.titles=" + path("titles"));

    assertThat(directory.resolve("projector/metadata.tsv"))
        .content()
        .isEqualTo("title\titem\tcount\nThe a\ta\t2\nb x\tb x\t2\nc\tc\t1\n");
    List<Float> values = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("projector/vectors.tsv"))) {
      assertThat(line.split("\t", -1)).hasSize(4);
      for (String value : line.split("\t", -1)) {
        values.add(Float.valueOf(value));
      }
    }
    assertThat(values).hasSize(model.inputVectors().length);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i)).isEqualTo(model.inputVectors()[i]);
    }
  }

  @Test
  void withoutTitlesTheTsvPairHasItemsAndCounts() throws IOException {
    saved("'a', 'b', 'c'", "'a', 'b'");
    write(Format.TSV, "projector");

    assertThat(directory.resolve("projector/metadata.tsv"))
        .content()
        .isEqualTo("item\tcount\na\t2\nb\t2\nc\t1\n");
  }

  @Test
  void whatAFormatCannotHoldIsRefused() throws IOException {
    saved("'a b', 'b', 'c\\td'", "'a b', 'b'");

    assertThatThrownBy(() -> write(Format.TEXT, "vectors.txt"))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "item 'a b' cannot be written in word2vec's format: it holds white space; --format tsv"
                + " can hold it");
    assertThatThrownBy(() -> write(Format.TSV, "projector"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("item 'c d' holds a tab or a line break, which a TSV file cannot hold");
    assertThat(directory.resolve("projector")).doesNotExist();
    assertThatThrownBy(() -> Format.of("csv"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--format csv: must be one of [text, binary, tsv]");
  }

  @Test
  void modelsOfSparksWord2VecAreRefused() throws IOException {
    new Word2Vec()
        .setInputCol("items")
        .setMinCount(1)
        .fit(spark.sql("SELECT array('a', 'b') AS items"))
        .save(path("model"));

    assertThatThrownBy(() -> write(Format.TEXT, "vectors.txt"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is not item2vec's");
  }

  private Item2VecModel saved(String... sequences) throws IOException {
    String rows =
        "SELECT array(%s) AS items UNION ALL SELECT array(%s)".formatted((Object[]) sequences);
    Item2VecModel model =
        new Item2Vec().setVectorSize(4).setMinCount(1).setMaxIter(1).fit(spark.sql(rows));
    model.write().overwrite().save(path("model"));
    return model;
  }

  private String write(Format format, String to, String... settings) throws IOException {
    JobConfig config = ConfigLoader.load(List.of(), List.of(settings)).jobConfig();
    return ModelExport.write(spark, config, path("model"), format, path(to));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }
}
