import io.github.item2vec.train.Item2Vec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a few models, saves them and prints a digest of each one's data files. With "kill", the
 * executors, which are processes of their own, are killed (SIGKILL) in the middle of each training.
 * Usage: SameBytes MASTER DIRECTORY [kill]
 */
final class SameBytes {
  private static final int EPOCHS = 40;

  private SameBytes() {}

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    boolean kill = args.length > 2;
    SparkSession spark =
        SparkSession.builder()
            .master(args[0])
            .appName("SameBytes")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.executor.heartbeatInterval", "200ms")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    Dataset<Row> sequences = sequences(spark);
    for (String architecture : List.of("skip-gram", "cbow", "basket")) {
      train(architecture, "one-task", sequences, Path.of(args[1]), kill);
    }
    for (String architecture : List.of("skip-gram", "basket")) {
      train(architecture, "distributed", sequences, Path.of(args[1]), kill);
    }
    spark.stop();
  }

  private static void train(
      String architecture, String execution, Dataset<Row> rows, Path directory, boolean kill)
      throws IOException, NoSuchAlgorithmException {
    AtomicInteger killed = new AtomicInteger();
    String name = architecture + "-" + execution;
    String model = directory.resolve(name).toString();
    new Item2Vec(name)
        .setArchitecture(architecture)
        .setExecution(execution)
        .setVectorSize(64)
        .setNumPartitions(3)
        .setMaxIter(execution.equals("distributed") ? 3 : EPOCHS)
        .setSeed(7)
        .setProgressListener(
            progress -> {
              if (kill && killed.get() == 0 && progress.epochsDone() > 0) {
                killed.set(killExecutors());
              }
            })
        .fit(rows)
        .write()
        .overwrite()
        .save(model);
    if (kill && killed.get() == 0) {
      throw new IllegalStateException(name + " ended before an executor was killed");
    }
    System.out.printf("model %s %s%n", name, digest(Path.of(model, "data")));
    System.err.printf("%s: executors killed: %d%n", name, killed.get());
  }

  private static int killExecutors() {
    List<ProcessHandle> executors = ProcessHandle.current().descendants().toList();
    executors.forEach(ProcessHandle::destroyForcibly);
    return executors.size();
  }

  /** Of all bytes of the data files, footers too, in the order of their names. */
  private static String digest(Path data) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** 4,000 sequences of 30 items, with neighbours that belong together. */
  private static Dataset<Row> sequences(SparkSession spark) {
    return spark
        .range(0, 4000, 1, 4)
        .selectExpr(
            "transform(sequence(0, 29), j -> cast(pmod(id * 7 + pmod(xxhash64(id, j), 40), 1500)"
                + " as string)) as items");
  }
}
