/** One self-contained HTML page per run. */
package io.github.item2vec.report;
