package io.github.item2vec;

import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.Item2VecJob;
import io.github.item2vec.job.Summary;
import io.github.item2vec.job.Targets;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "The job: reads ratings, splits, trains, recommends, evaluates, publishes.")
final class RunCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() throws IOException {
    ConfigLoader loader = options.load();
    JobConfig config = loader.jobConfig();
    System.err.println(loader.render());
    try (SparkSession spark = JobOptions.session("run");
        Targets targets = Targets.open(spark, config.publish())) {
      System.out.println(
          Summary.of(Item2VecJob.run(spark, config, targets.target(), options.output())));
    }
    return 0;
  }
}
