package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Each line of the input is parsed once, whatever is found in it. */
final class OnePassTest extends SparkTest {
  private static final int ROWS = 20_000;

  @TempDir Path directory;

  /** Lines and bytes that tasks have read from files. */
  private static final class FileReads extends SparkListener {
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
      if (CollectionConverters.asJava(event.stageInfo().rddInfos()).stream()
          .anyMatch(rdd -> rdd.name().equals("NewHadoopRDD"))) {
        stages.add(event.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      if (stages.contains(event.stageId())) {
        lines.addAndGet(event.taskMetrics().inputMetrics().recordsRead());
        bytes.addAndGet(event.taskMetrics().inputMetrics().bytesRead());
      }
    }
  }

  @Test
  void goodInputIsParsedOnce() throws Exception {
    assertReadOnce(0, 0);
  }

  @Test
  void inputWithBadRowsIsParsedOnce() throws Exception {
    assertReadOnce(100, 0.5);
  }

  @Test
  void inputThatIsRefusedIsParsedOnce() throws Exception {
    assertReadOnce(100, 0.001);
  }

  private void assertReadOnce(int bad, double maxRejected) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      text.append(row % 100).append("\titem").append(row);
      text.append(row < bad ? "\tbad\t1\n" : "\t5\t1\n");
    }
    Path input = Files.writeString(directory.resolve("u.data"), text);
    RatingsSource source =
        new RatingsSource(input.toString(), Format.AUTO, Order.FILE, 4, 1, 5, maxRejected);
    Path rejected = directory.resolve("rejected");
    FileReads reads = new FileReads();
    spark.sparkContext().addSparkListener(reads);
    try {
      if (bad > maxRejected * ROWS) {
        assertThatThrownBy(() -> Ratings.read(spark, source, rejected.toString()))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining(bad + " of " + ROWS);
      } else {
        try (Ratings ratings = Ratings.read(spark, source, rejected.toString())) {
          assertThat(ratings.rows()).isEqualTo(ROWS);
          assertThat(ratings.histories().count()).isEqualTo(100);
        }
      }
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(reads);
    }
    assertThat(reads.lines).hasValue(ROWS);
    assertThat(reads.bytes.get()).isBetween((long) text.length(), text.length() * 5L / 4);
  }
}
