/** Files that appear whole, and saved tables that are held against what was saved. */
package io.github.item2vec.files;
