package io.github.item2vec.math;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Milliseconds of each kernel in a JVM whose other kernels, of vectors of another length, have run
 * before it, after it was compiled, or not at all. Started by basket.sh. Arguments: {@code
 * alone|before|between} and {@code rows|batches}, which are timed.
 */
final class KernelTimes {
  private static final int COLUMNS = 128;
  private static final int ROWS = 64;
  private static final int ROUNDS = 30;
  private static final int OTHERS = 20_000;

  private final Random random = new Random(1);
  private final float[][] matrix = new float[ROWS][COLUMNS];
  private final int[] all = IntStream.range(0, ROWS).toArray();
  private final float[] panel = new float[RowMath.WIDTH * COLUMNS];
  private final float[] factors = new float[RowMath.WIDTH * ROWS];
  private final float[] products = new float[RowMath.WIDTH * ROWS];
  private final float[] errors = new float[RowMath.WIDTH * COLUMNS];
  private final float[] x = new float[COLUMNS];
  private final float[] y = new float[COLUMNS];
  private final float[] eight = new float[RowMath.WIDTH];
  private final IntList some = new IntList();

  private final Block rows = new Block(floats(ROWS * COLUMNS), 0, COLUMNS);
  private final Block turned = new Block(floats(ROWS * COLUMNS), 0, ROWS);
  private final Block square = new Block(new float[ROWS * ROWS], 0, ROWS);
  private final Block sums = new Block(new float[ROWS * COLUMNS], 0, COLUMNS);
  private final float[] sixtyFour = new float[ROWS];
  private final float[] quad = floats(ScoreMath.USERS * COLUMNS);
  private final float[] items = floats(32 * ScoreMath.ITEMS * COLUMNS);
  private final float[] scores = new float[ScoreMath.USERS * 32 * ScoreMath.ITEMS];

  private KernelTimes() {
    for (int i = 0; i < RowMath.WIDTH; i++) {
      some.add(i);
    }
  }

  public static void main(String[] args) {
    KernelTimes times = new KernelTimes();
    Map<String, Runnable> timed = args[1].equals("rows") ? times.ofRows() : times.ofBatches();
    Map<String, Runnable> others = args[1].equals("rows") ? times.ofBatches() : times.ofRows();
    int pause = args[0].equals("before") ? 0 : args[0].equals("between") ? ROUNDS / 2 : ROUNDS;
    Map<String, Double> milliseconds = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      if (round == pause) {
        IntStream.range(0, OTHERS).forEach(i -> others.values().forEach(Runnable::run));
      }
      timed.forEach((name, kernel) -> milliseconds.put(name, milliseconds(kernel)));
    }
    System.out.println(
        milliseconds.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %.1f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ", "KernelTimes: " + args[0] + ": ", "")));
  }

  private static double milliseconds(Runnable kernel) {
    long start = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      kernel.run();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** Vectors of 256 bits. */
  private Map<String, Runnable> ofRows() {
    RowMath math = RowMath.best();
    PanelMath panels = PanelMath.best();
    CbowMath contexts = CbowMath.best();
    Map<String, Runnable> kernels = new LinkedHashMap<>();
    kernels.put("dots", () -> math.dots(x, matrix, 0, ROWS, products, 0));
    kernels.put("dot", () -> IntStream.of(all).forEach(i -> eight[0] = math.dot(x, matrix[i])));
    kernels.put("add", () -> IntStream.of(all).forEach(i -> math.add(0, matrix[i], y)));
    kernels.put("misses", () -> math.misses(products, 0, RowMath.WIDTH, 0.01f, eight));
    kernels.put("panel products", () -> panels.products(panel, matrix, all, ROWS, products));
    kernels.put("panel exchange", () -> panels.exchange(factors, matrix, all, ROWS, panel, errors));
    kernels.put("mean", () -> contexts.mean(matrix, some, 0, RowMath.WIDTH, y));
    kernels.put("context products", () -> contexts.products(x, matrix, all, ROWS, products));
    kernels.put("context exchange", () -> contexts.exchange(factors, matrix, all, ROWS, x, y));
    return kernels;
  }

  /** The longest vectors. */
  private Map<String, Runnable> ofBatches() {
    BatchMath math = BatchMath.best();
    ScoreMath scoring = ScoreMath.best();
    Map<String, Runnable> kernels = new LinkedHashMap<>();
    kernels.put("product", () -> math.product(rows, turned, square, ROWS, COLUMNS, ROWS));
    kernels.put(
        "transposed", () -> math.addTransposedProduct(square, rows, sums, ROWS, ROWS, COLUMNS));
    kernels.put("gradient", () -> math.product(square, rows, sums, ROWS, ROWS, COLUMNS));
    kernels.put("exponentials", () -> math.exponentials(square.values, 0, ROWS, sixtyFour, y));
    kernels.put("scale", () -> math.scale(square.values, ROWS, sixtyFour));
    kernels.put("adam", () -> math.adam(x, y, y.clone(), sums.values, 0, 0, 0));
    kernels.put(
        "scores",
        () -> scoring.products(quad, 0, COLUMNS, items, 0, 32, scores, 32 * ScoreMath.ITEMS));
    kernels.put("first above", () -> scoring.firstAbove(1e9f, scores, 0, scores.length));
    return kernels;
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 1e-3f;
    }
    return values;
  }
}
