/** One self-contained HTML page a run. */
package io.github.item2vec.report;
