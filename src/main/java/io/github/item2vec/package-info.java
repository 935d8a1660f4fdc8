/** The command line. */
package io.github.item2vec;
