package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors of 512 bits, of 256 and plain Java, each in a JVM of its own. */
class VectorLengthTest {
  private static final int ROWS = 8;
  private static final int COLUMNS = 3 * RowMath.LANES; // a last vector that has no neighbour

  @TempDir private Path folder;

  @Test
  void bitsAreTheSame() throws Exception {
    String here = Bits.hashes();
    assertThat(said("-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"))
        .contains(here)
        .doesNotContain("16, S_512"); // where there is AVX, 256 bits
    assertThat(said("-D" + VectorModule.PLAIN + "=true")).contains(here).contains("Scalar");
  }

  private String said(String... options) throws IOException, InterruptedException {
    File output = folder.resolve("output.txt").toFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bits.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    int code = process.waitFor();
    String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    return text;
  }

  /** Prints the kernels of this JVM and hashes of what they compute from the same numbers. */
  static final class Bits {
    private Bits() {}

    public static void main(String[] args) {
      System.out.println(BatchMath.best() + " " + ScoreMath.best());
      System.out.println(hashes());
    }

    static String hashes() {
      return "batches %d, scores %d, rows %d, panels %d, contexts %d"
          .formatted(batches(), scores(), rows(), panels(), contexts());
    }

    private static int batches() {
      Random random = new Random(1);
      BatchMath math = BatchMath.best();
      float[] values = floats(random, BatchMath.BASKETS * COLUMNS);
      float[] turned = floats(random, COLUMNS * BatchMath.BASKETS);
      float[] sums = new float[BatchMath.BASKETS * COLUMNS];
      Block left = new Block(floats(random, ROWS * BatchMath.BASKETS), 0, BatchMath.BASKETS);
      Block right = new Block(values, 0, COLUMNS);
      float[] products = new float[ROWS * COLUMNS];
      math.product(left, right, new Block(products, 0, COLUMNS), ROWS, BatchMath.BASKETS, COLUMNS);
      math.addTransposedProduct(
          left, right, new Block(sums, 0, COLUMNS), BatchMath.BASKETS, ROWS, COLUMNS);
      float[] largest = new float[BatchMath.BASKETS];
      float[] totals = new float[BatchMath.BASKETS];
      for (int c = 0; c < BatchMath.BASKETS; c += BatchMath.COLUMNS) {
        math.exponentials(turned, c, COLUMNS, largest, totals);
      }
      math.scale(turned, COLUMNS, totals);
      float[] row = floats(random, COLUMNS);
      float[] first = floats(random, COLUMNS);
      float[] second = largest.clone();
      math.adam(row, first, second, sums, 0, 0.01f, 0.1f);
      return Arrays.deepHashCode(
          new float[][] {products, sums, turned, totals, row, first, second});
    }

    private static int scores() {
      Random random = new Random(2);
      int panels = 3;
      float[] out = new float[ScoreMath.USERS * panels * ScoreMath.ITEMS];
      ScoreMath.best()
          .products(
              floats(random, ScoreMath.USERS * 20),
              0,
              20,
              floats(random, panels * ScoreMath.ITEMS * 20),
              0,
              panels,
              out,
              panels * ScoreMath.ITEMS);
      return 31 * Arrays.hashCode(out) + ScoreMath.best().firstAbove(1.5f, out, 1, out.length);
    }

    private static int rows() {
      RowMath math = RowMath.best();
      float[][] matrix = matrix(new Random(3));
      float[] out = new float[ROWS + RowMath.WIDTH];
      math.dots(matrix[0], matrix, 0, ROWS - 1, out, 0);
      math.add(0.3f, matrix[1], matrix[2]);
      math.addAll(matrix[3], 0, 2, matrix, 0, ROWS - 1, matrix[ROWS - 1]);
      float[] likelihoods = new float[RowMath.WIDTH];
      math.misses(out, 0, 1, 0.025f, likelihoods);
      return Arrays.deepHashCode(new Object[] {matrix, out, likelihoods});
    }

    private static int panels() {
      PanelMath math = PanelMath.best();
      Random random = new Random(4);
      float[][] matrix = matrix(random);
      int[] some = {0, 2, 3, 5, 7};
      float[] panel = new float[RowMath.WIDTH * COLUMNS];
      float[] errors = panel.clone();
      float[] out = new float[some.length * RowMath.WIDTH];
      math.pack(matrix, new int[] {1, 4, 6}, 3, panel);
      math.products(panel, matrix, some, some.length, out);
      math.exchange(out, matrix, some, some.length, panel, errors);
      return Arrays.deepHashCode(new Object[] {matrix, out, panel, errors});
    }

    private static int contexts() {
      CbowMath math = CbowMath.best();
      float[][] matrix = matrix(new Random(5));
      IntList some = new IntList();
      some.addAll(new int[] {0, 3, 4});
      float[] mean = new float[COLUMNS];
      float[] error = new float[COLUMNS];
      float[] out = new float[2 * RowMath.WIDTH];
      int[] rows = {1, 2, 5, 6, 7, 1, 1, 1};
      math.mean(matrix, some, 0, 3, mean);
      math.products(mean, matrix, rows, 5, out);
      math.exchange(out, matrix, rows, 5, mean, error);
      math.addTo(matrix, some, 1, 3, error);
      return Arrays.deepHashCode(new Object[] {matrix, mean, error, Arrays.copyOf(out, 5)});
    }

    private static float[][] matrix(Random random) {
      return IntStream.range(0, ROWS)
          .mapToObj(i -> floats(random, COLUMNS))
          .toArray(float[][]::new);
    }

    private static float[] floats(Random random, int count) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }
  }
}
