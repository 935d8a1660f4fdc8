/** Files that appear whole. */
package io.github.item2vec.files;
