/** The command line: a class per command; knows {@code config} and {@code job} alone. */
package io.github.item2vec.cli;
