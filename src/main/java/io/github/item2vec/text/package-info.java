/**
 * Texts that are shown: control characters escaped, passwords of addresses masked. Knows nothing of
 * ours.
 */
package io.github.item2vec.text;
