package io.github.item2vec.job;

import io.github.item2vec.data.Ratings;
import io.github.item2vec.evaluate.MetricReport;
import io.github.item2vec.job.run.RunRecord;
import io.github.item2vec.train.TrainingSummary;
import java.util.List;
import java.util.Locale;

/** What came of a stage, in a few words for its line on the console. */
final class Outcomes {
  private Outcomes() {}

  static String of(Ratings ratings) {
    return text("%,d rows, %,d of them kept", ratings.rows(), ratings.kept());
  }

  static String of(RunRecord.Split split) {
    String validation = split.validation() == 0 ? "" : text(", validation %,d", split.validation());
    return text("train %,d%s, test %,d", split.train(), validation, split.test());
  }

  static String of(TrainingSummary summary) {
    List<Double> losses = summary.losses();
    return losses.isEmpty()
        ? "no epoch"
        : text("%,d epochs, loss %.4f", losses.size(), losses.get(losses.size() - 1));
  }

  static String of(MetricReport report) {
    return report.users() == 0
        ? "no user has a test part"
        : text(
            "%s %.4f over %,d users",
            RunRecord.METRIC, report.metrics().get(RunRecord.METRIC), report.users());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
