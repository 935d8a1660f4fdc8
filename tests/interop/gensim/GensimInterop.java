import io.github.item2vec.evaluate.TopKEvaluator;
import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import io.github.item2vec.train.ScoredItem;
import io.github.item2vec.train.format.Word2VecFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The Java side of gensim.sh: reads gensim's files, compares the predictions, writes its own files
 * and what it says of them; scores the notebook's lists. Usage: GensimInterop FROM_GENSIM TO_GENSIM
 */
final class GensimInterop {
  private static final int TOP = 10;

  private GensimInterop() {}

  public static void main(String[] args) throws IOException {
    Path gensim = Path.of(args[0]);
    Path ours = Path.of(args[1]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    for (String architecture : List.of("skip-gram", "cbow")) {
      Path files = gensim.resolve(architecture);
      Item2VecModel text = files(Word2VecFormat.text(files + "/input.txt"), files, "txt").read();
      Item2VecModel binary =
          files(Word2VecFormat.binary(files + "/input.bin"), files, "bin").read();
      require(Arrays.equals(text.items(), binary.items()), "items of text and binary");
      require(Arrays.equals(text.inputVectors(), binary.inputVectors()), "input vectors");
      require(Arrays.equals(text.outputVectors(), binary.outputVectors()), "output vectors");
      comparePredictions(binary, files);
      write(binary, ours.resolve("gensims-" + architecture));
      Item2VecModel trained =
          new Item2Vec()
              .setArchitecture(architecture)
              .setVectorSize(12)
              .setMinCount(1)
              .setMaxIter(3)
              .fit(
                  spark
                      .read()
                      .text(gensim + "/sequences.txt")
                      .select(functions.split(functions.col("value"), " ").as("items")));
      write(trained, ours.resolve("trained-" + architecture));
    }
    if (Files.exists(gensim.resolve("notebook"))) {
      compareMetrics(spark, gensim.resolve("notebook"));
    }
    spark.stop();
  }

  private static void compareMetrics(SparkSession spark, Path notebook) throws IOException {
    Dataset<Row> lists =
        spark
            .read()
            .option("sep", "\t")
            .csv(notebook + "/lists.tsv")
            .select(
                functions.col("_c0").as("user"),
                functions.split(functions.col("_c1"), " ").as("items"),
                functions.split(functions.col("_c2"), " ").as("test"));
    Map<String, Double> ours = TopKEvaluator.report(lists, List.of(10), 1, null).metrics();
    String[] theirs = Files.readString(notebook.resolve("metrics.tsv")).strip().split("\t");
    for (int i = 0; i < 2; i++) {
      String name = List.of("map@10", "hitrate@10").get(i);
      require(
          Math.abs(ours.get(name) - Double.parseDouble(theirs[i])) <= 1e-12,
          "%s: notebook %s, here %s".formatted(name, theirs[i], ours.get(name)));
    }
    System.out.printf(
        "the notebook's lists: map@10 %s, hitrate@10 %s, as there%n", (Object[]) theirs);
  }

  private static Word2VecFormat files(Word2VecFormat format, Path directory, String suffix) {
    return format.output(directory + "/output." + suffix).counts(directory + "/counts.txt");
  }

  private static void comparePredictions(Item2VecModel model, Path files) throws IOException {
    int compared = 0;
    for (String line : Files.readAllLines(files.resolve("predictions.tsv"))) {
      String[] cells = line.split("\t", -1);
      String predicted = items(model.predictOutput(List.of(cells[0].split(" ")), TOP));
      require(
          predicted.equals(cells[1]),
          "context %s: gensim %s, here %s".formatted(cells[0], cells[1], predicted));
      compared++;
    }
    System.out.printf("%s: %d predictions are gensim's%n", files, compared);
  }

  private static void write(Item2VecModel model, Path directory) throws IOException {
    Files.createDirectories(directory);
    files(Word2VecFormat.text(directory + "/input.txt"), directory, "txt").write(model);
    files(Word2VecFormat.binary(directory + "/input.bin"), directory, "bin").write(model);
    try (PrintWriter similar = new PrintWriter(directory + "/similar.tsv", StandardCharsets.UTF_8);
        PrintWriter predictions =
            new PrintWriter(directory + "/predictions.tsv", StandardCharsets.UTF_8)) {
      for (String item : model.items()) {
        List<ScoredItem> near = model.similarItems(item, TOP);
        String cosines =
            near.stream().map(n -> Double.toString(n.score())).collect(Collectors.joining(" "));
        similar.printf("%s\t%s\t%s%n", item, items(near), cosines);
        String context = "%s unknown %s %s".formatted(item, model.items()[0], item);
        predictions.printf(
            "%s\t%s%n", context, items(model.predictOutput(List.of(context.split(" ")), TOP)));
      }
    }
  }

  private static String items(List<ScoredItem> scored) {
    return scored.stream().map(ScoredItem::item).collect(Collectors.joining(" "));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
