package io.github.item2vec.train.onetask;

import io.github.item2vec.math.IntList;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.model.Pieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Sequences as ints: number of items, number held out, the items, those held out. An array holds
 * many of them, so that a shuffle moves a few arrays and not an object for each sequence.
 */
public final class PackedSequences {
  /** Of one array, but for a sequence that is longer. */
  private static final int PIECE_INTS = 1 << 16;

  private PackedSequences() {}

  /** In pieces; runs in tasks. */
  public static Iterator<int[]> pack(Iterator<Sequence> sequences) {
    return Pieces.of(sequences, PackedSequences::piece);
  }

  private static int[] piece(Iterator<Sequence> sequences) {
    IntList piece = new IntList();
    do {
      Sequence sequence = sequences.next();
      piece.add(sequence.items().length);
      piece.add(sequence.heldOut().length);
      piece.addAll(sequence.items());
      piece.addAll(sequence.heldOut());
    } while (sequences.hasNext() && piece.size() < PIECE_INTS);
    return piece.toArray();
  }

  /**
   * The sequences of all pieces.
   *
   * @param seed they were made with
   */
  static Sequence[] unpack(Iterator<int[]> pieces, long seed) {
    List<Sequence> sequences = new ArrayList<>();
    while (pieces.hasNext()) {
      int[] piece = pieces.next();
      int at = 0;
      while (at < piece.length) {
        int heldOut = at + 2 + piece[at];
        int end = heldOut + piece[at + 1];
        sequences.add(
            Sequence.of(
                Arrays.copyOfRange(piece, at + 2, heldOut),
                Arrays.copyOfRange(piece, heldOut, end),
                seed));
        at = end;
      }
    }
    return sequences.toArray(Sequence[]::new);
  }
}
