/** The command {@code tune}; one door, {@link io.github.item2vec.job.tuning.TuningJob}. */
package io.github.item2vec.job.tuning;
