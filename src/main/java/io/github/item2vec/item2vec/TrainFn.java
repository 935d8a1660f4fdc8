package io.github.item2vec.item2vec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;

/** The training task: all sequences in, a row (input, output) for each item out, by index. */
final class TrainFn implements FlatMapFunction<Iterator<int[]>, Row> {
  private static final long serialVersionUID = 1L;

  private final TrainingSettings settings;
  private final Broadcast<Vocabulary> vocabulary;
  private final LongAccumulator itemsTrained;

  TrainFn(
      TrainingSettings settings, Broadcast<Vocabulary> vocabulary, LongAccumulator itemsTrained) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.itemsTrained = itemsTrained;
  }

  @Override
  public Iterator<Row> call(Iterator<int[]> rows) {
    List<int[]> sequences = new ArrayList<>();
    rows.forEachRemaining(sequences::add);
    SequenceTrainer trainer =
        new SequenceTrainer(settings, vocabulary.value().counts(), sequences.toArray(int[][]::new));
    trainer.train(itemsTrained::add);
    return IntStream.range(0, vocabulary.value().size())
        .mapToObj(i -> RowFactory.create(i, trainer.input(i), trainer.output(i)))
        .iterator();
  }
}
