/** The choice of vector instructions, for the kernels of training and of scoring. */
package io.github.item2vec.math;
