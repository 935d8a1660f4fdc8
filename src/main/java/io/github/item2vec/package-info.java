/** The entry point that {@code spark-submit} calls. */
package io.github.item2vec;
