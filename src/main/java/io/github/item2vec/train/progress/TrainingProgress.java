package io.github.item2vec.train.progress;

/**
 * How far a training is.
 *
 * @param epochsDone whole epochs done
 * @param epochs epochs in all
 * @param fraction of the whole training, 0 to 1
 * @param itemsPerSecond items of the sequences gone through in a second, so far
 * @param secondsLeft at this rate
 * @param loss mean loss of a prediction in the last whole epoch, in nats; NaN when not known yet
 * @param validation map@10 on the validation column after that epoch; NaN without one
 */
public record TrainingProgress(
    int epochsDone,
    int epochs,
    double fraction,
    double itemsPerSecond,
    double secondsLeft,
    double loss,
    double validation) {}
