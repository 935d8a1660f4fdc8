package io.github.item2vec.cli;

import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.Demo;
import io.github.item2vec.job.publish.Targets;
import io.github.item2vec.text.Printable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "The whole job on planted ratings, into a Redis of its own.",
      "The ratings are of the size of ML-100k; Redis is a real one that is started and stopped here.",
      "Shows metrics next to popularity, the memory of each layout and one user's list."
    })
@HelpLayout.WithoutUseOf("--input")
final class DemoCommand implements Callable<Integer> {
  private static final String[] SETTINGS = {
    "publish.target=embedded",
    "publish.layout=list-text,list-binary,packed,indexed,bucketed",
    "publish.hash-max-listpack-value=256",
    "training.vector-size=64",
    "training.min-count=3",
    "training.max-iter=50",
    "evaluation.k=1,5,10,20,50,100"
  };

  @Mixin private JobOptions options;

  @Override
  public Integer call() throws IOException {
    ConfigLoader loader = options.load(SETTINGS);
    JobConfig config = JobOptions.checked(loader.withInput(Demo.ratings(options.output())));
    try (SparkSession spark = JobSession.open("demo");
        Targets targets = Targets.open(spark, config.publish())) {
      System.out.println(
          Printable.of(Demo.run(spark, config, targets.target().orElseThrow(), options.output())));
    }
    return 0;
  }
}
