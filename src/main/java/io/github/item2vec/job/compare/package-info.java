/** The command {@code report}: two finished runs side by side. One door, RunComparison. */
package io.github.item2vec.job.compare;
