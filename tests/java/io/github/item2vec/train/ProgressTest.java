package io.github.item2vec.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.train.progress.TrainingProgress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener hears of a training. */
class ProgressTest extends SparkTest {
  private static Dataset<Row> sequences() {
    return spark
        .createDataset(List.of("a b c", "a b d", "c d a"), Encoders.STRING())
        .selectExpr("split(value, ' ') as items");
  }

  private static Item2Vec estimator() {
    return new Item2Vec().setVectorSize(4).setMinCount(1).setMaxIter(7);
  }

  /** Far sooner than a heartbeat of ten seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"basket", "skip-gram"})
  void inLocalModeEachEpochIsHeardOf(String architecture) {
    List<TrainingProgress> heard = new CopyOnWriteArrayList<>();
    Item2VecModel model =
        estimator()
            .setArchitecture(architecture)
            .setExecution("one-task")
            .setProgressListener(heard::add)
            .fit(sequences());

    assertThat(heard)
        .extracting(TrainingProgress::epochsDone)
        .startsWith(1, 2, 3, 4, 5, 6, 7)
        .isSorted();
    isTheEnd(heard.get(heard.size() - 1), model);
  }

  @Test
  void aDistributedTrainingTellsItsEnd() {
    List<TrainingProgress> heard = new CopyOnWriteArrayList<>();
    Item2VecModel model =
        estimator().setExecution("distributed").setProgressListener(heard::add).fit(sequences());

    isTheEnd(heard.get(heard.size() - 1), model);
  }

  private static void isTheEnd(TrainingProgress last, Item2VecModel model) {
    assertThat(last.fraction()).isEqualTo(1);
    assertThat(last.secondsLeft()).isZero();
    assertThat(last.epochsDone()).isEqualTo(7);
    assertThat(last.loss()).isEqualTo(model.summary().losses().get(6));
  }
}
