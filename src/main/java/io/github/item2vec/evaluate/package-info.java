/** All ranking metrics at all cut-offs in one pass on the executors. */
package io.github.item2vec.evaluate;
