package io.github.item2vec.job;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Evaluation.Baseline;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.job.run.Stages;
import io.github.item2vec.recommend.PopularItems;
import io.github.item2vec.recommend.Recommender;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The baselines of a run: announced before the training, trained and measured after it. */
final class BaselineStages {
  private final JobConfig config;
  private final Stages stages;
  private final RunRecord run;
  private final AffordableBaselines affordable;

  /** Says at once which will be left out, so that nobody waits for them. */
  BaselineStages(JobConfig config, Stages stages, RunRecord run, PopularItems popular) {
    this.config = config;
    this.stages = stages;
    this.run = run;
    this.affordable =
        AffordableBaselines.of(
            config.evaluation().baselines(), popular.size(), Runtime.getRuntime().maxMemory());
    if (!affordable.skipped().isEmpty()) {
      run.skippedBaselines(affordable.skipped());
      affordable.skipped().forEach((name, why) -> Console.standard().warn(name + " " + why));
    }
  }

  /** Trains and measures each of the others, next to the model. */
  void measure(Comparison comparison, Dataset<Row> users, Recommender recommender) {
    Baselines baselines = new Baselines(config, users, recommender);
    for (Baseline baseline : affordable.trained()) {
      stages.run(
          "baselines",
          baseline.word(),
          () -> comparison.baseline(baseline.word(), () -> baselines.of(baseline)),
          Outcomes::of);
    }
    run.baselines(comparison.baselines());
    run.comparison(comparison.compared());
    run.segments(comparison.segments());
  }
}
