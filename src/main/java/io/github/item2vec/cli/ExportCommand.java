package io.github.item2vec.cli;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.ModelExport;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the item vectors of a saved model for other programs.",
      "As a file of the word2vec program, which gensim reads, or as vectors.tsv and metadata.tsv for",
      "the embedding projector, with titles where input.titles names a file."
    })
@HelpLayout.WithoutUseOf({"--input", "--redis"})
final class ExportCommand implements Callable<Integer> {
  @Mixin private JobOptions options;
  @Mixin private ResultOption result;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model that run has saved (default: OUTPUT/model).")
  private String model;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "text | binary (word2vec) | tsv (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "The file, or for tsv the directory; any Hadoop URI.")
  private String to;

  @Override
  public Integer call() throws Exception {
    return result.told(this::exported);
  }

  private String exported() throws IOException {
    ModelExport.Format files = ModelExport.Format.of(format);
    JobConfig config = options.load().jobConfig();
    String directory = model == null ? options.output() + "/model" : model;
    try (SparkSession spark = JobSession.open("export")) {
      return ModelExport.write(spark, config, directory, files, to);
    }
  }
}
