package io.github.item2vec.job;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.files.WholeFile;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.format.Word2VecFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The item vectors of a saved model, the input ones, as files of other programs. Driver only. */
public final class ModelExport {
  /** What the files are. */
  public enum Format {
    /** One text file of the word2vec program. */
    TEXT,
    /** One binary file of the word2vec program. */
    BINARY,
    /** A directory of {@code vectors.tsv} and {@code metadata.tsv}, for the embedding projector. */
    TSV;

    /** The format of a word. */
    public static Format of(String word) {
      return Stream.of(values())
          .filter(format -> format.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new ConfigException(
                      "--format %s: must be one of %s"
                          .formatted(word, Stream.of(values()).map(Format::word).toList())));
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Tab and line breaks end a cell or a row of a TSV file, which knows no quotes. */
  private static final String BREAKS = "[\\t\\n\\r]";

  private ModelExport() {}

  /**
   * Writes the vectors.
   *
   * @param config of which the titles are read
   * @param directory of a saved model
   * @param to a file, or for {@link Format#TSV} a directory; replaced
   * @return what was written, a line
   * @throws BadInputException when the model is not item2vec's, or an item's id does not fit the
   *     format
   * @throws IOException when the file system refuses
   */
  public static String write(
      SparkSession spark, JobConfig config, String directory, Format format, String to)
      throws IOException {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Titles titles = Titles.read(hadoop, config.input().titles());
    if (!(Trainer.load(spark, directory).model() instanceof Item2VecModel model)) {
      throw new BadInputException(
          "the model in %s is not item2vec's: export needs one that was trained with training.trainer = item2vec"
              .formatted(directory));
    }
    switch (format) {
      case TEXT -> word2vec(Word2VecFormat.text(to), model);
      case BINARY -> word2vec(Word2VecFormat.binary(to), model);
      case TSV -> tsv(hadoop, to, model, titles);
    }
    return String.format(
        Locale.ROOT,
        "%,d vectors of %d values in %s%n",
        model.items().length,
        model.vectorSize(),
        to);
  }

  private static void word2vec(Word2VecFormat file, Item2VecModel model) throws IOException {
    try {
      file.write(model);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage() + "; --format tsv can hold it", e);
    }
  }

  private static void tsv(Configuration hadoop, String to, Item2VecModel model, Titles titles)
      throws IOException {
    List<String> items = List.of(model.items());
    for (String item : items) {
      if (!item.equals(item.replaceAll(BREAKS, ""))) {
        throw new BadInputException(
            "item '%s' holds a tab or a line break, which a TSV file cannot hold"
                .formatted(item.replaceAll(BREAKS, " ")));
      }
    }
    boolean titled = items.stream().anyMatch(item -> !titles.of(item).isEmpty());
    titles.warnIfNoneOf(items);
    WholeFile.write(
        hadoop, new Path(to, "metadata.tsv"), out -> writeMetadata(out, model, titles, titled));
    WholeFile.write(hadoop, new Path(to, "vectors.tsv"), out -> writeVectors(out, model));
  }

  /** A header, as the projector wants it where there are several columns, then a row per item. */
  private static void writeMetadata(
      OutputStream out, Item2VecModel model, Titles titles, boolean titled) throws IOException {
    String[] items = model.items();
    long[] counts = model.counts();
    line(out, titled ? "title\titem\tcount" : "item\tcount");
    for (int i = 0; i < items.length; i++) {
      String title = titles.of(items[i]).replaceAll(BREAKS, " ");
      String label = title.isEmpty() ? items[i] : title;
      line(out, (titled ? label + "\t" : "") + items[i] + "\t" + counts[i]);
    }
  }

  private static void writeVectors(OutputStream out, Item2VecModel model) throws IOException {
    float[] vectors = model.inputVectors();
    int columns = model.vectorSize();
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < vectors.length; i++) {
      row.append(vectors[i]);
      if ((i + 1) % columns == 0) {
        line(out, row.toString());
        row.setLength(0);
      } else {
        row.append('\t');
      }
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
