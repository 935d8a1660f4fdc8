package io.github.item2vec.job.run;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.github.item2vec.data.Ratings;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.train.TrainingSummary;
import io.github.item2vec.train.progress.ProgressListener;
import io.github.item2vec.train.progress.TrainingProgress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A run's figures as Spark's metrics, source {@code item2vec} of the driver, for the sinks that
 * {@code metrics.properties} or {@code spark.metrics.conf.*} names (JMX, Prometheus, Graphite, CSV,
 * {@code /metrics/json} of the UI). Gauges, 0 or not a number before their stage: {@code rows} and
 * {@code rejected} of the input, {@code epoch}, {@code loss} (nats a prediction) and {@code
 * itemsPerSecond} of the training, {@code usersPublished}, and {@code redisErrors}: tasks that
 * Redis made fail, those that Spark then repeated with success among them. Driver only.
 */
public final class JobMetrics extends SparkListener implements Source {
  private static final String NAME = "item2vec";

  private final MetricRegistry registry = new MetricRegistry();
  private final AtomicLong redisErrors = new AtomicLong();
  private volatile long rows;
  private volatile long rejected;
  private volatile long usersPublished;
  private volatile TrainingProgress training =
      new TrainingProgress(0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN);

  /** Registered until the next run of the application, so that sinks see how this one ended. */
  public JobMetrics(SparkContext spark) {
    gauge("rows", () -> rows);
    gauge("rejected", () -> rejected);
    gauge("epoch", () -> training.epochsDone());
    gauge("loss", () -> training.loss());
    gauge("itemsPerSecond", () -> training.itemsPerSecond());
    gauge("usersPublished", () -> usersPublished);
    gauge("redisErrors", redisErrors::get);
    register(spark);
  }

  private void register(SparkContext spark) {
    MetricsSystem system = spark.env().metricsSystem();
    for (Source earlier : CollectionConverters.asJava(system.getSourcesByName(NAME))) {
      system.removeSource(earlier);
      spark.removeSparkListener((JobMetrics) earlier);
    }
    system.registerSource(this);
    spark.addSparkListener(this);
  }

  private void gauge(String name, Supplier<? extends Number> value) {
    registry.register(name, (Gauge<Number>) value::get);
  }

  public void read(Ratings ratings) {
    rows = ratings.rows();
    rejected = ratings.rejected().values().stream().mapToLong(Long::longValue).sum();
  }

  /** A listener that remembers each progress and tells the next one. */
  public ProgressListener training(ProgressListener next) {
    return progress -> {
      training = progress;
      next.progressed(progress);
    };
  }

  /** The last epoch's figures, which heartbeats may have missed. */
  public void trained(TrainingSummary summary) {
    int epochs = summary.totalIterations();
    double loss = summary.losses().isEmpty() ? Double.NaN : summary.losses().get(epochs - 1);
    training =
        new TrainingProgress(epochs, epochs, 1, summary.itemsPerSecond(), 0, loss, Double.NaN);
  }

  public void published(long users) {
    usersPublished = users;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure
        && failure.className().equals(RedisException.class.getName())) {
      redisErrors.incrementAndGet();
    }
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
