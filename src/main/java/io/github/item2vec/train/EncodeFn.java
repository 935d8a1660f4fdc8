package io.github.item2vec.train;

import io.github.item2vec.math.IntList;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.epoch.TrainingSettings;
import io.github.item2vec.train.model.Vocabulary;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Spark's own rows (items, items held out or nothing) to sequences of indices, without a string for
 * each item. A sequence longer than {@link TrainingSettings#longestSequence()} becomes several; one
 * that is null or keeps too few items to teach or to validate is left out. Runs in tasks.
 */
final class EncodeFn implements FlatMapFunction<Iterator<InternalRow>, Sequence> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Vocabulary> vocabulary;
  private final TrainingSettings settings;

  EncodeFn(Broadcast<Vocabulary> vocabulary, TrainingSettings settings) {
    this.vocabulary = vocabulary;
    this.settings = settings;
  }

  @Override
  public Iterator<Sequence> call(Iterator<InternalRow> rows) {
    Iterable<InternalRow> once = () -> rows;
    return StreamSupport.stream(once.spliterator(), false).flatMap(this::sequences).iterator();
  }

  private Stream<Sequence> sequences(InternalRow row) {
    if (row.isNullAt(0)) {
      return Stream.empty();
    }
    int[] items = encode(row, 0);
    int[] heldOut = row.numFields() > 1 && !row.isNullAt(1) ? encode(row, 1) : new int[0];
    return sequences(items, heldOut, settings);
  }

  /** What a training makes of the known items of one sequence. */
  static Stream<Sequence> sequences(int[] items, int[] heldOut, TrainingSettings settings) {
    if (items.length < 2 && (items.length == 0 || heldOut.length == 0)) {
      return Stream.empty();
    }
    int longest = settings.longestSequence();
    if (items.length <= longest) {
      return Stream.of(Sequence.of(items, heldOut, settings.seed()));
    }
    return IntStream.iterate(0, from -> from < items.length, from -> from + longest)
        .mapToObj(from -> Arrays.copyOfRange(items, from, Math.min(items.length, from + longest)))
        .map(piece -> Sequence.of(piece, settings.seed()));
  }

  private int[] encode(InternalRow row, int column) {
    ArrayData items = row.getArray(column);
    Vocabulary known = vocabulary.value();
    IntList indices = new IntList();
    for (int i = 0; i < items.numElements(); i++) {
      int index = items.isNullAt(i) ? -1 : known.indexOf(items.getUTF8String(i));
      if (index >= 0) {
        indices.add(index);
      }
    }
    return indices.toArray();
  }
}
