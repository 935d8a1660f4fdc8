package io.github.item2vec.job;

import io.github.item2vec.job.console.Console;
import io.github.item2vec.train.progress.ProgressListener;
import io.github.item2vec.train.progress.TrainingProgress;
import java.util.Locale;

/** How far a training is, on the console. */
public final class EpochProgress implements ProgressListener {
  @Override
  public void progressed(TrainingProgress progress) {
    Console.standard().progress(new Console.Progress(progress.fraction(), text(progress)));
  }

  /** The nearer to the front, the more it is wanted: narrow terminals cut the end. */
  static String text(TrainingProgress progress) {
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "epoch %d of %d", progress.epochsDone(), progress.epochs()));
    if (progress.secondsLeft() > 0) {
      text.append(String.format(Locale.ROOT, ", %.0f s left", progress.secondsLeft()));
    }
    if (!Double.isNaN(progress.validation())) {
      text.append(String.format(Locale.ROOT, ", validation map@10 %.4f", progress.validation()));
    }
    if (!Double.isNaN(progress.loss())) {
      text.append(String.format(Locale.ROOT, ", loss %.4f", progress.loss()));
    }
    return text.append(String.format(Locale.ROOT, ", %,.0f items/s", progress.itemsPerSecond()))
        .toString();
  }
}
