package io.github.item2vec.train.basket;

import io.github.item2vec.math.RowMath;
import java.util.List;

/** The rows of one part of the items on both sides, with the moments of Adam. For one thread. */
public final class PartVectors {
  private final int part;
  private final Adam input;
  private final Adam output;
  private final float[][] inputSums;
  private final float[][] outputSums;

  private PartVectors(int part, float[][] input, float[][] output, double regParam) {
    this.part = part;
    this.input = new Adam(input, regParam);
    this.output = new Adam(output, regParam);
    this.inputSums = new float[input.length][];
    this.outputSums = new float[output.length][];
  }

  /** Rows of zeros. */
  public static PartVectors zeros(BasketSteps model, int part) {
    int rows = model.parts().rows(part);
    int padded = RowMath.padded(model.settings().vectorSize());
    return new PartVectors(
        part, new float[rows][padded], new float[rows][padded], model.settings().regParam());
  }

  public int part() {
    return part;
  }

  public float[][] input() {
    return input.rows();
  }

  public float[][] output() {
    return output.rows();
  }

  /** All that the next chunk depends on, vectors first; this object's own arrays. */
  public List<float[][]> state() {
    return List.of(
        input.rows(),
        output.rows(),
        input.first(),
        input.second(),
        output.first(),
        output.second());
  }

  /** Adds to the gradient by an input row, without padding. */
  public void addInput(int row, float[] gradient) {
    add(inputSums, row, gradient);
  }

  /** Adds to the gradient by an output row, without padding. */
  public void addOutput(int row, float[] gradient) {
    add(outputSums, row, gradient);
  }

  private void add(float[][] sums, int row, float[] gradient) {
    if (sums[row] == null) {
      sums[row] = new float[input.rows()[row].length];
    }
    for (int d = 0; d < gradient.length; d++) {
      sums[row][d] += gradient[d];
    }
  }

  /**
   * One step of Adam with what was added, which is gone then.
   *
   * @param all whether rows without a gradient move too
   */
  public void step(float stepSize, boolean all) {
    step(input, inputSums, stepSize, all);
    step(output, outputSums, stepSize, all);
  }

  private static void step(Adam rows, float[][] sums, float stepSize, boolean all) {
    float[] zeros = new float[rows.rows()[0].length];
    for (int row = 0; row < sums.length; row++) {
      if (all || sums[row] != null) {
        rows.update(row, sums[row] == null ? zeros : sums[row], 0, stepSize);
      }
      sums[row] = null;
    }
  }
}
