package io.github.item2vec.cli;

import io.github.item2vec.job.PlantedInput;
import io.github.item2vec.text.Printable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description =
        "Writes planted ratings (tab-separated user, item, rating, timestamp): Zipf popularity,"
            + " latent taste; the same rows for any number of partitions.")
final class GenerateCommand implements Callable<Integer> {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "A new or empty directory.")
  private String output;

  @Option(names = "--users", defaultValue = "943", description = "Default: ${DEFAULT-VALUE}.")
  private long users;

  @Option(names = "--items", defaultValue = "1682", description = "Default: ${DEFAULT-VALUE}.")
  private int items;

  @Option(names = "--rows", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(names = "--seed", defaultValue = "42", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    try (SparkSession spark = JobSession.open("generate")) {
      PlantedInput.writeNew(spark, users, items, rows, seed, output);
    }
    System.out.printf(
        "%,d ratings of %,d users for %,d items in %s%n",
        rows, users, items, Printable.line(output));
    return 0;
  }
}
