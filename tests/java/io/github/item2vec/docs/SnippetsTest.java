package io.github.item2vec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.SparkTest;
import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.layout.IdMapping;
import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** What the documentation shows in Java and SQL is compiled and run as it stands there. */
final class SnippetsTest extends SparkTest {
  private static final String SERVER = "redis.example.org:6379";
  private static final String FILES = "hdfs:///";
  private static final int USERS = 120;
  private static final int ITEMS = 20;

  private static final Pattern ESTIMATOR = Pattern.compile("\\bItem2Vec\\(([^()]*)\\)");
  private static final Pattern KEYWORD = Pattern.compile("(\\w+)=");

  @TempDir static Path directory;

  private static EmbeddedRedis server;
  private static Dataset<Row> lists;
  private static Map<String, Object> names;

  @BeforeAll
  static void start() {
    server = EmbeddedRedis.start();
    lists = lists();
    lists.createOrReplaceTempView("lists");
    lists
        .write()
        .format("item2vec-redis")
        .mode(SaveMode.Overwrite)
        .option("target", address())
        .save();
    Dataset<Row> users = users();
    Dataset<Row> sequences = users.select(users.col("context").as("items")).cache();
    Item2VecModel model =
        new Item2Vec().setVectorSize(8).setMinCount(1).setMaxIter(20).fit(sequences);
    names = new LinkedHashMap<>();
    names.put("org.apache.spark.sql.SparkSession spark", spark);
    names.put("Dataset<Row> sequences", sequences);
    names.put("Dataset<Row> users", users);
    names.put("Dataset<Row> lists", lists);
    names.put("Dataset<Row> likes", likes());
    names.put("io.github.item2vec.train.Item2VecModel model", model);
  }

  @AfterAll
  static void stop() {
    spark.sql("drop table if exists published");
    server.close();
  }

  /** Page by page, in the order of the page, so that one block may read what another wrote. */
  @TestFactory
  Stream<DynamicTest> everySnippetRuns() {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Integer> blocks = new TreeMap<>();
    for (Page page : Page.documentation()) {
      for (Page.Block block : page.blocks()) {
        blocks.merge(block.language(), 1, Integer::sum);
        String name = page.name() + ":" + block.line();
        switch (block.language()) {
          case "java" -> tests.add(DynamicTest.dynamicTest(name, () -> runJava(block)));
          case "sql" -> tests.add(DynamicTest.dynamicTest(name, () -> runSql(block)));
          default -> {} // Python is another test's, the rest is shown only
        }
      }
      if (page.name().equals("redis.md")) {
        tests.add(DynamicTest.dynamicTest("readers of redis.md", SnippetsTest::requireReaders));
      }
    }
    assertThat(blocks.get("java")).isGreaterThan(8);
    assertThat(blocks.get("sql")).isGreaterThanOrEqualTo(2);
    return tests.stream();
  }

  /** Readers get what the snippets of that page have written. */
  private static void requireReaders() {
    UUID user = IdMapping.users().uuid("user-1");
    try (RedisClient client = RedisClient.create("redis://" + address())) {
      for (String layout : List.of("list-text", "packed", "bucketed")) {
        assertThat(new RecommendationReader(client, "recs:", layout, 0).read(user))
            .as(layout)
            .hasSize(10);
      }
      assertThat(new RecommendationReader(client, "recs:", "bucketed", 0).readScored(user))
          .extracting(RecommendationReader.Scored::score)
          .isSortedAccordingTo((a, b) -> Float.compare(b, a))
          .doesNotContain(Float.NaN);
    }
  }

  /** The blocks themselves are run by tests/interop/with_pyspark.sh. */
  @Test
  void pythonNamesParamsThatThereAre() {
    Item2Vec estimator = new Item2Vec();
    Set<String> named = new TreeSet<>();
    for (Page page : Page.documentation()) {
      for (Page.Block block : page.blocks()) {
        if (block.language().equals("python")) {
          ESTIMATOR
              .matcher(block.text())
              .results()
              .flatMap(call -> KEYWORD.matcher(call.group(1)).results())
              .forEach(keyword -> named.add(keyword.group(1)));
        }
      }
    }
    assertThat(named).isNotEmpty().allMatch(estimator::hasParam);
  }

  /** Blocks without a language run nowhere: what is Java, SQL or Python says so. */
  @Test
  void codeIsMarked() {
    for (Page page : Page.documentation()) {
      for (Page.Block block : page.blocks()) {
        if (block.language().isEmpty()) {
          assertThat(block.text())
              .as(page + ":" + block.line())
              .doesNotContain("import io.github")
              .doesNotContain("new Item2Vec")
              .doesNotContain("INSERT ");
        }
      }
    }
  }

  private static void runJava(Page.Block block) throws Exception {
    new Snippet(here(block.text()), names).run(Files.createTempDirectory(directory, "classes"));
  }

  private static void runSql(Page.Block block) {
    lists.createOrReplaceTempView("lists");
    spark.sql("drop table if exists published");
    for (String statement : here(block.text()).split(";", -1)) {
      if (!statement.isBlank()) {
        spark.sql(statement);
      }
    }
  }

  /** The addresses of the documentation become those of the test. */
  private static String here(String text) {
    return text.replace(SERVER, address()).replace(FILES, directory.toUri().toString());
  }

  private static String address() {
    return "127.0.0.1:" + server.target().port();
  }

  /** Users of one half of the catalogue never like an item of the other. */
  private static Dataset<Row> users() {
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      int half = user % 2;
      List<String> liked =
          random
              .ints(0, ITEMS / 2)
              .distinct()
              .limit(9)
              .mapToObj(n -> "item-" + (1 + 2 * n + half))
              .collect(Collectors.toCollection(ArrayList::new));
      rows.add(
          RowFactory.create(
              "user-" + user,
              liked.subList(0, 6).toArray(String[]::new),
              liked.subList(6, 9).toArray(String[]::new)));
    }
    return spark
        .createDataFrame(
            rows,
            new StructType()
                .add("user", DataTypes.StringType)
                .add("context", DataTypes.createArrayType(DataTypes.StringType))
                .add("test", DataTypes.createArrayType(DataTypes.StringType)))
        .cache();
  }

  private static Dataset<Row> lists() {
    List<Row> rows = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      int first = user;
      rows.add(
          RowFactory.create(
              "user-" + user,
              IntStream.range(0, 10)
                  .mapToObj(rank -> "item-" + (1 + (first + rank) % ITEMS))
                  .toArray(String[]::new),
              IntStream.range(0, 10).mapToObj(rank -> 1f - rank / 10f).toArray(Float[]::new)));
    }
    return spark
        .createDataFrame(
            rows,
            new StructType()
                .add("user", DataTypes.StringType)
                .add("items", DataTypes.createArrayType(DataTypes.StringType))
                .add("scores", DataTypes.createArrayType(DataTypes.FloatType)))
        .cache();
  }

  private static Dataset<Row> likes() {
    List<Row> rows = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      for (int rank = 0; rank < 6; rank++) {
        int item = 1 + 2 * ((user + rank) % (ITEMS / 2)) + user % 2;
        rows.add(RowFactory.create(user, item, 1f));
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("userNumber", DataTypes.IntegerType)
            .add("itemNumber", DataTypes.IntegerType)
            .add("rating", DataTypes.FloatType));
  }
}
