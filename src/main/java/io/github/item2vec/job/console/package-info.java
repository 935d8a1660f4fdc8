/** What a person sees of a job at work: a line per stage, on a terminal one that fills itself. */
package io.github.item2vec.job.console;
