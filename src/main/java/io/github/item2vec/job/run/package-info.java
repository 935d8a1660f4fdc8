/** The record of a run: run.json, stages, the output's lease, exit codes, metrics. */
package io.github.item2vec.job.run;
