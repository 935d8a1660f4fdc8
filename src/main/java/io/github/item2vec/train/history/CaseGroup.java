package io.github.item2vec.train.history;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some cases that are ranked together.
 *
 * @param set what they are ranked for
 * @param cases their numbers, {@link CaseScores#MOST} at most
 * @param lags under which
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CaseGroup(int set, int[] cases, Lags lags) {
  static List<CaseGroup> of(int set, int[] cases, Lags lags) {
    int most = CaseScores.MOST;
    return IntStream.iterate(0, from -> from < cases.length, from -> from + most)
        .mapToObj(from -> Arrays.copyOfRange(cases, from, Math.min(cases.length, from + most)))
        .map(some -> new CaseGroup(set, some, lags))
        .toList();
  }

  List<Case> of(List<Case> all) {
    return IntStream.of(cases).mapToObj(all::get).toList();
  }
}
