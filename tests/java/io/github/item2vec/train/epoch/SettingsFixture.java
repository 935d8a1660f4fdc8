package io.github.item2vec.train.epoch;

/** Settings of a training by name; what a test does not set has no part in it. */
public final class SettingsFixture {
  public final Architecture architecture;
  public int windowSize = 5;
  public boolean shrinkWindows = true;
  public int negative = 5;
  public double nsExponent = 0.75;
  public double sample = 0;
  public int vectorSize = 8;
  public double stepSize = 0.05;
  public double minStepSize = 1e-4;
  public int maxIter = 2;
  public int numPartitions = 1;
  public long seed = 1;
  public Loss loss = Loss.NEGATIVE_SAMPLING;
  public double inputDropout = 0.5;
  public double hiddenDropout = 0;
  public double contextWeight = 0;
  public double regParam = 0;

  public SettingsFixture(Architecture architecture) {
    this.architecture = architecture;
  }

  /** The settings as they are now. */
  public TrainingSettings settings() {
    return new TrainingSettings(
        architecture,
        windowSize,
        shrinkWindows,
        negative,
        nsExponent,
        sample,
        vectorSize,
        stepSize,
        minStepSize,
        maxIter,
        numPartitions,
        seed,
        loss,
        inputDropout,
        hiddenDropout,
        contextWeight,
        regParam);
  }
}
