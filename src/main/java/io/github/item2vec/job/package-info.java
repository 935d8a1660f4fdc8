/** The flow, one line a stage, and what is said of it: run.json, progress, the closing table. */
package io.github.item2vec.job;
