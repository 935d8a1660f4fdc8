/**
 * HOCON configuration into typed records; an unknown key is an error that names the nearest one.
 */
package io.github.item2vec.config;
