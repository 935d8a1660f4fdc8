package io.github.item2vec.bench;

import io.github.item2vec.train.Item2Vec;
import io.github.item2vec.train.Item2VecModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One epoch of a model whose matrices exceed 4 GiB, by executors of 1.5 GiB and a driver of less
 * than 1 GiB. Started by size.sh.
 */
final class LargeModel {
  private static final int VECTOR_SIZE = 128;

  private LargeModel() {}

  /** Arguments: architecture, items, partitions. */
  public static void main(String[] args) throws IOException {
    String architecture = args[0];
    long items = Long.parseLong(args[1]);
    int moments = architecture.equals("basket") ? 3 : 1; // of each matrix: itself, and Adam's two
    SparkSession spark = SparkSession.builder().appName("LargeModel").getOrCreate();
    long start = System.nanoTime();
    Item2VecModel model =
        new Item2Vec()
            .setArchitecture(architecture)
            .setMinCount(1)
            .setVectorSize(VECTOR_SIZE)
            .setMaxIter(1)
            .setNumPartitions(Integer.parseInt(args[2]))
            .fit(sequences(spark, items, moments == 1 ? 1 : 2));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "LargeModel: %,d items x %d, %.2f GiB of matrices, %,d items per epoch, loss %.3f, %.0f s%n",
        model.summary().items(),
        model.vectorSize(),
        2.0 * moments * Float.BYTES * model.summary().items() * model.vectorSize() / (1 << 30),
        model.summary().itemsPerEpoch(),
        model.summary().losses().get(0),
        seconds);
    System.out.println("LargeModel: " + model.predictOutput(List.of("7", "8"), 3));
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(line -> System.out.println("LargeModel: driver " + line));
    spark.stop();
  }

  /** Ten items per row: five in turn, so that each occurs, and five that follow from the first. */
  private static Dataset<Row> sequences(SparkSession spark, long items, int times) {
    return spark
        .range(0, times * (items + 4) / 5, 1, 64)
        .selectExpr(
            "transform(sequence(0, 9), j -> cast(if(j < 5, (id * 5 + j) %% %1$d,".formatted(items)
                + " pmod(xxhash64(id div 50, j), %1$d)) as string)) as items".formatted(items));
  }
}
