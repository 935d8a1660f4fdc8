/**
 * Hyper-parameter search: a space, samplers (Optuna's TPE), studies that are asked and told, and a
 * journal that Optuna reads. No Spark inside; what a trial does is the caller's.
 */
package io.github.item2vec.tune;
