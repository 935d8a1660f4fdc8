package io.github.item2vec.job.compare;

import io.github.item2vec.config.JobConfig;
import io.github.item2vec.data.BadInputException;
import io.github.item2vec.evaluate.ListComparison;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.evaluate.UserComparison;
import io.github.item2vec.files.WholeFile;
import io.github.item2vec.job.Titles;
import io.github.item2vec.job.console.Console;
import io.github.item2vec.job.run.RunManifest;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.report.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Two finished runs compared: their metrics paired over the users, their lists, and which items
 * these show. On the driver; the rows stay on the executors.
 */
public final class RunComparison {
  /** Of the bootstrap: any number, and always the same, so that a comparison can be repeated. */
  private static final long SEED = 42;

  /** Items that gained, and that lost. */
  private static final int SHOWN = 10;

  private RunComparison() {}

  /**
   * Compares and writes the page.
   *
   * @param config of which the titles are read
   * @param first output of a run that succeeded
   * @param second output of another one
   * @param html file of the page, any Hadoop URI; replaced
   * @return the table for the console
   * @throws BadInputException when an output has no such run, one without the metrics of its users,
   *     or the runs have other cut-offs or did not hold out the same
   * @throws IOException when the page cannot be written
   */
  public static String report(
      SparkSession spark, JobConfig config, String first, String second, String html)
      throws IOException {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    Titles titles = Titles.read(hadoop, config.input().titles());
    ComparedRun ours = ComparedRun.open(spark, first);
    ComparedRun theirs = ComparedRun.open(spark, second);
    requireSameCutOffs(ours, theirs);
    UserComparison users = UserComparison.of(ours.users(), theirs.users(), ours.metrics(), SEED);
    requireSameHeldOut(users, ours, theirs);
    ListComparison lists = lists(ours, theirs);
    ComparisonPage page =
        new ComparisonPage(
            ComparisonPage.Side.of(ours),
            ComparisonPage.Side.of(theirs),
            ComparisonPage.settings(ours, theirs),
            users.users(),
            users.metrics(),
            lists,
            lists == null ? Map.of() : ComparisonPage.titles(lists, titles::of));
    byte[] content =
        RunReport.comparison(RunManifest.JSON.valueToTree(page)).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(hadoop, new Path(html), out -> out.write(content));
    return ComparisonText.of(page) + "page       " + html + System.lineSeparator();
  }

  private static void requireSameCutOffs(ComparedRun first, ComparedRun second) {
    if (!first.metrics().equals(second.metrics())) {
      throw new BadInputException(
          "the runs have other cut-offs: k = %s in %s, %s in %s; run both with the same evaluation.k"
              .formatted(cutOffs(first), first.output(), cutOffs(second), second.output()));
    }
  }

  private static String cutOffs(ComparedRun run) {
    return run.metrics().stream()
        .map(name -> name.substring(name.indexOf('@') + 1))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static void requireSameHeldOut(
      UserComparison users, ComparedRun first, ComparedRun second) {
    if (users.onlyFirst() + users.onlySecond() + users.otherHeldOut() > 0) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "the runs did not hold out the same: %,d users are evaluated in %s alone, %,d in %s"
                  + " alone, %,d of both have other held-out items, %,d the same; compare runs of"
                  + " one input with the same input.* and split.* settings",
              users.onlyFirst(),
              first.output(),
              users.onlySecond(),
              second.output(),
              users.otherHeldOut(),
              users.users()));
    }
    if (users.users() == 0) {
      throw new BadInputException(
          "the runs evaluated nobody: no user of %s has a test part".formatted(first.output()));
    }
  }

  /** Null when one of them saved none, which is said. */
  private static ListComparison lists(ComparedRun first, ComparedRun second) {
    List<String> without =
        List.of(first, second).stream()
            .filter(run -> run.lists().isEmpty())
            .map(ComparedRun::output)
            .distinct()
            .toList();
    if (!without.isEmpty()) {
      Console.standard()
          .warn(
              "lists are not compared: %s saved no %s (evaluate, or recommend.save = false)"
                  .formatted(String.join(" and ", without), RunRecord.LISTS));
      return null;
    }
    return ListComparison.of(
        first.lists().orElseThrow(), second.lists().orElseThrow(), RankingMetric.K, SHOWN);
  }
}
