import io.github.item2vec.job.run.Failure;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A publisher to be attacked: a driver that takes one order per line from its standard input
 * ({@code WORD key=value ...}) and answers each with one line: the exit code and the message that a
 * command would end with. What user u gets from the run of tag t is known: items t:(7 u + j) modulo
 * {@value #ITEMS}, j from 0. Usage: AttackPublisher MASTER
 */
final class AttackPublisher {
  private static final int ITEMS = 200;
  private static final int LENGTH = 20;
  private static final int PARTS = 4;

  private final SparkSession spark;

  private AttackPublisher(SparkSession spark) {
    this.spark = spark;
  }

  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master(args[0])
            .appName("attack")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", PARTS)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.deploy.maxExecutorRetries", -1)
            .config("spark.task.maxFailures", 8)
            .getOrCreate();
    AttackPublisher publisher = new AttackPublisher(spark);
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      publisher.warmUp();
      System.out.println("READY");
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(publisher.answer(List.of(order.split(" ", -1))));
      }
    }
    spark.stop();
  }

  /** So that a job has run, with its code loaded. */
  private void warmUp() {
    lists(1, 10).selectExpr("count(items)").collectAsList();
  }

  private String answer(List<String> words) {
    Map<String, String> order = new LinkedHashMap<>();
    words.stream()
        .skip(1)
        .map(word -> List.of(word.split("=", 2)))
        .forEach(pair -> order.put(pair.get(0), pair.get(1)));
    try {
      obey(words.get(0), order);
      return "0";
    } catch (Exception e) { // Scala throws checked ones too
      return Failure.exitCode(e) + " " + Failure.message(e).replaceAll("\\s+", " ");
    }
  }

  private void obey(String word, Map<String, String> order) {
    PublishedGenerations published =
        new PublishedGenerations(RedisTarget.parse(order.get("target")), order.get("prefix"));
    switch (word) {
      case "publish" -> publish(order);
      case "prune" -> published.prune(Integer.parseInt(order.get("keep")));
      case "rollback" -> published.rollback(ValueLayout.of(order.get("layout")));
      case "verify" -> published.verify(ValueLayout.of(order.get("layout")));
      default -> throw new IllegalArgumentException("no order: " + word);
    }
  }

  /** The order's keys are the data source's options, but for two. */
  private void publish(Map<String, String> order) {
    int tag = Integer.parseInt(order.remove("tag"));
    int users = Integer.parseInt(order.remove("users"));
    items(tag).createOrReplaceTempView("catalogue" + tag);
    lists(tag, users)
        .write()
        .format("item2vec-redis")
        .mode(SaveMode.Overwrite)
        .options(order)
        .option("catalogue", "catalogue" + tag)
        .option("expected-users", users)
        .option("run-id", order.getOrDefault("run-id", "attack-" + tag))
        .save();
  }

  private Dataset<Row> items(int tag) {
    return spark.range(ITEMS).selectExpr(item(tag, "id") + " id", item(tag, "id") + " uuid");
  }

  private Dataset<Row> lists(int tag, int users) {
    return spark
        .range(0, users, 1, PARTS)
        .selectExpr(
            "format_string('00000000-0000-4000-8000-%012x', id) user",
            "transform(sequence(0, %d), j -> %s) items"
                .formatted(LENGTH - 1, item(tag, "(7 * id + j) % " + ITEMS)));
  }

  private static String item(int tag, String number) {
    return "format_string('%08x-0000-4000-8000-%%012x', %s)".formatted(tag, number);
  }
}
