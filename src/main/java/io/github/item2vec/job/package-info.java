/** The flow, one line per stage. */
package io.github.item2vec.job;
