package io.github.item2vec.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import io.github.item2vec.config.ConfigException;
import io.github.item2vec.config.JobConfig;
import io.github.item2vec.config.JobConfig.Split.By;
import io.github.item2vec.data.Columns;
import io.github.item2vec.data.GlobalTime;
import io.github.item2vec.data.LeaveLast;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.data.RatingsSource;
import io.github.item2vec.data.Split;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunOutput;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.recommend.Recommendations;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The ratings of a command, read and split as configured, with what was found in its record. */
public final class JobInput {
  private static final String REJECTED = "rejected";

  private final SparkSession spark;
  private final JobConfig config;
  private final RunOutput output;
  private final RunRecord run;

  public JobInput(SparkSession spark, JobConfig config, RunManifest manifest) {
    this.spark = spark;
    this.config = config;
    this.output = manifest.output();
    this.run = manifest.record();
  }

  /**
   * Where the ratings are.
   *
   * @throws ConfigException when the configuration does not say
   */
  public String path() {
    return config
        .input()
        .path()
        .orElseThrow(() -> new ConfigException("no ratings: give --input PATH or input.path"));
  }

  /** Reads; bad rows go to {@code OUTPUT/rejected}, counts into the record. */
  public Ratings read() {
    Ratings ratings;
    try {
      ratings = Ratings.read(spark, source(), output.own(REJECTED));
    } finally {
      output.appear(REJECTED); // those of an earlier run go, whatever comes of this one
    }
    run.input(
        new RunRecord.Input(
            path(),
            ratings.rows(),
            ratings.rejected(),
            ratings.duplicates(),
            ratings.kept(),
            ratings.users(),
            ratings.usersWithoutKept(),
            ratings.items(),
            ratings.reading()));
    Console.standard().say(ratings.reading().toString());
    return ratings;
  }

  private RatingsSource source() {
    JobConfig.Input input = config.input();
    return new RatingsSource(
        path(),
        Choices.of(input.format()),
        Choices.of(input.order()),
        input.minRating(),
        input.lowestRating(),
        input.highestRating(),
        input.maxRejected(),
        input.columns().user(),
        input.columns().item(),
        input.columns().rating(),
        input.columns().timestamp(),
        input.encoding(),
        input.separator());
  }

  /** The parts of each user, and as context all that comes before the test part; counted. */
  Dataset<Row> split(Ratings ratings) {
    Split split = splitOf(ratings);
    Dataset<Row> users = split(ratings, split);
    Row sums =
        users
            .agg(
                sum(size(col(Columns.TRAIN))),
                sum(size(col(Columns.VALIDATION))),
                sum(size(col(Columns.TEST))),
                count_if(size(col(Recommendations.CONTEXT)).equalTo(0)))
            .first();
    run.leaveOut(config.recommend().leaveOut().word());
    run.split(
        new RunRecord.Split(
            split.description(),
            split.leak(),
            sums.getLong(0),
            sums.getLong(1),
            sums.getLong(2),
            sums.getLong(3)));
    return users;
  }

  private Split splitOf(Ratings ratings) {
    JobConfig.Split split = config.split();
    return split.by() == By.LEAVE_LAST
        ? new LeaveLast(split.test(), split.validation())
        : GlobalTime.ofShares(ratings.histories(), split.testShare(), split.validationShare());
  }

  /** Each user's last items apart, with the context; without a look at the counts. */
  public Dataset<Row> leaveLast(Ratings ratings) {
    if (config.split().by() != By.LEAVE_LAST) {
      throw new ConfigException(
          "split.by = %s: tune works on leave-last".formatted(config.split().by().word()));
    }
    LeaveLast split = new LeaveLast(config.split().test(), config.split().validation());
    run.leaveOut(config.recommend().leaveOut().word());
    run.split(RunRecord.Split.uncounted(split.description(), split.leak()));
    return split(ratings, split);
  }

  private Dataset<Row> split(Ratings ratings, Split split) {
    return LeftOutItems.add(
        split
            .split(ratings.histories())
            .withColumn(
                Recommendations.CONTEXT, concat(col(Columns.TRAIN), col(Columns.VALIDATION))),
        config.recommend().leaveOut());
  }
}
