package io.github.item2vec.train.distributed;

import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.window.RepeatCount;
import io.github.item2vec.train.window.WindowGroups;
import io.github.item2vec.train.window.WindowSteps;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The sequences of a slice to its windows, sorted into blocks: round * P + context part names the
 * partition that trains a block. Runs in tasks; holds a batch of windows.
 */
final class LayWindowsFn
    implements Function2<Integer, Iterator<Sequence>, Iterator<Tuple2<Integer, byte[]>>> {
  private static final long serialVersionUID = 1L;

  /** Items whose windows are laid before they are sent on. */
  private static final int BATCH_ITEMS = 1 << 18;

  private final Broadcast<WindowSteps> model;
  private final int epoch;

  LayWindowsFn(Broadcast<WindowSteps> model, int epoch) {
    this.model = model;
    this.epoch = epoch;
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Integer slice, Iterator<Sequence> sequences) {
    return new Batches(model.value(), epoch, slice, sequences);
  }

  /** Lays a batch when the one before is sent. */
  private static final class Batches implements Iterator<Tuple2<Integer, byte[]>> {
    private final WindowSteps model;
    private final int epoch;
    private final int slice;
    private final Iterator<Sequence> sequences;
    private final WindowGroups groups;
    private final RepeatCount repeats = new RepeatCount();
    private Iterator<Tuple2<Integer, byte[]>> batch = List.<Tuple2<Integer, byte[]>>of().iterator();
    private int piece;

    Batches(WindowSteps model, int epoch, int slice, Iterator<Sequence> sequences) {
      this.model = model;
      this.epoch = epoch;
      this.slice = slice;
      this.sequences = sequences;
      this.groups = model.noWindows();
    }

    @Override
    public boolean hasNext() {
      while (!batch.hasNext() && sequences.hasNext()) {
        batch = lay();
      }
      return batch.hasNext();
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
      return batch.next();
    }

    private Iterator<Tuple2<Integer, byte[]>> lay() {
      groups.clear();
      int items = 0;
      while (sequences.hasNext() && items < BATCH_ITEMS) {
        Sequence sequence = sequences.next();
        model.layWindows(epoch, sequence, repeats.of(sequence), groups);
        items += sequence.items().length;
      }
      int parts = model.parts().count();
      List<Tuple2<Integer, byte[]>> shipments = new ArrayList<>();
      for (int round = 0; round < parts; round++) {
        for (int part = 0; part < parts; part++) {
          int[] windows = groups.of(part, model.targetPart(part, round)).toArray();
          if (windows.length > 0) {
            shipments.add(
                new Tuple2<>(round * parts + part, Shipment.windows(slice, piece, windows)));
          }
        }
      }
      piece++;
      return shipments.iterator();
    }
  }
}
