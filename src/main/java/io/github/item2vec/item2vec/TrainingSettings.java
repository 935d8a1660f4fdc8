package io.github.item2vec.item2vec;

import java.io.Serializable;

/** The parameters of one training, captured by its task; ranges as in {@link Item2Vec}. */
record TrainingSettings(
    Architecture architecture,
    int windowSize,
    boolean shrinkWindows,
    int negative,
    double nsExponent,
    double sample,
    int vectorSize,
    double stepSize,
    double minStepSize,
    int maxIter,
    long seed)
    implements Serializable {}
