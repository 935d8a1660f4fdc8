package io.github.item2vec.cli;

import io.github.item2vec.config.ConfigLoader;
import io.github.item2vec.job.tuning.TuningJob;
import io.github.item2vec.text.Printable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Searches for better training parameters (tuning.*).",
      "Trials run side by side; the best of them stands next to the defaults at the end.",
      "OUTPUT/best.conf is for run --conf, OUTPUT/study/journal.log for Optuna and its dashboard."
    })
@HelpLayout.WithoutUseOf("--redis")
final class TuneCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Option(
      names = "--resume",
      description = "Go on with the study in OUTPUT, if there is one: same trials, same end.")
  private boolean resume;

  @Override
  public Integer call() throws IOException {
    ConfigLoader loader = options.loadForTuning();
    JobOptions.checked(loader);
    JobOptions.tell(loader);
    TuningJob.Start start = resume ? TuningJob.Start.RESUME : TuningJob.Start.NEW;
    try (SparkSession spark = JobSession.open("tune")) {
      System.out.println(Printable.of(TuningJob.run(spark, loader, options.output(), start)));
    }
    return 0;
  }
}
