/** Damaged inputs for readers. */
package io.github.item2vec.fuzz;
