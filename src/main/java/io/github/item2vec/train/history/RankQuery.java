package io.github.item2vec.train.history;

import io.github.item2vec.train.epoch.Parts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some cases as the task of a part needs them to count how many of its items rank above the
 * targets.
 *
 * @param group number of the {@link CaseGroup}
 * @param profiles value d of case b at d * 16 + b
 * @param factors of what is added
 * @param moments by case
 */
@SuppressWarnings("ArrayRecordComponent") // travels, never compared
public record RankQuery(int group, float[] profiles, double[] factors, Moment[] moments)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A case.
   *
   * @param known items that have no rank
   * @param targets items
   * @param scores by factor, by target
   * @param added items, rising, that get something added
   * @param sums what each gets, times the factor
   */
  record Moment(int[] known, int[] targets, float[][] scores, int[] added, double[] sums)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private Moment ofPart(Parts parts, int part) {
      int[] places =
          IntStream.range(0, added.length).filter(i -> parts.part(added[i]) == part).toArray();
      return new Moment(
          IntStream.of(known).filter(item -> parts.part(item) == part).toArray(),
          targets,
          scores,
          Arrays.stream(places).map(i -> added[i]).toArray(),
          Arrays.stream(places).mapToDouble(i -> sums[i]).toArray());
    }
  }

  /** The same with what a part must know. */
  public RankQuery ofPart(Parts parts, int part) {
    Moment[] some =
        Arrays.stream(moments).map(moment -> moment.ofPart(parts, part)).toArray(Moment[]::new);
    return new RankQuery(group, profiles, factors, some);
  }
}
