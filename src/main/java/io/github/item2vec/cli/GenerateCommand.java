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
    description = {
      "Writes planted ratings of any size.",
      "Tab-separated user, item, rating, timestamp: Zipf popularity, latent taste; the same rows for",
      "any number of partitions."
    })
final class GenerateCommand implements Callable<Integer> {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "A new or empty directory.")
  private String output;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "943",
      description = "Users (default: ${DEFAULT-VALUE}).")
  private long users;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "1682",
      description = "Items (default: ${DEFAULT-VALUE}).")
  private int items;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Ratings (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Of all that is drawn (default: ${DEFAULT-VALUE}).")
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
