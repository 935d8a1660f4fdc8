package io.github.item2vec;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.job.Published;
import io.github.item2vec.job.Targets;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Counts the lists of the generation that readers follow; exit 4 when some are missing.")
final class VerifyCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() throws IOException {
    JobConfig config = options.load().jobConfig();
    try (SparkSession spark = JobOptions.session("verify");
        Targets targets = Targets.open(spark, config.publish())) {
      System.out.print(Published.verify(config.publish(), targets.target()));
    }
    return 0;
  }
}
