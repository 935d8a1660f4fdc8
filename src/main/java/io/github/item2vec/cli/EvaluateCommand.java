package io.github.item2vec.cli;

import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.Item2VecJob;
import io.github.item2vec.job.publish.Targets;
import io.github.item2vec.job.run.Summary;
import io.github.item2vec.text.Printable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a new or a saved model next to baselines.",
      "On the same split as run; saves nothing but run.json, report.html and user-metrics, and",
      "publishes nothing.",
      "With evaluation.gate and a Redis, exit 5 when run would not publish."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Option(
      names = "--baselines",
      paramLabel = "NAMES",
      description = "Some of popularity,mllib-word2vec,als,ease (evaluation.baselines).")
  private String baselines;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model that run has saved (OUTPUT/model); it is not trained again.")
  private String model;

  @Override
  public Integer call() throws IOException {
    ConfigLoader loader =
        baselines == null ? options.load() : options.load("evaluation.baselines=" + baselines);
    JobConfig config = JobOptions.checked(loader);
    JobOptions.tell(loader);
    try (SparkSession spark = JobSession.open("evaluate");
        Targets targets = Targets.open(spark, config.publish())) {
      System.out.println(
          Printable.of(
              Summary.of(
                  Item2VecJob.evaluate(
                      spark,
                      config,
                      Optional.ofNullable(model),
                      targets.target(),
                      options.output()))));
    }
    return 0;
  }
}
