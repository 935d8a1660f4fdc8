package io.github.item2vec.train.distributed;

import io.github.item2vec.math.IntList;
import io.github.item2vec.math.RowMath;
import io.github.item2vec.train.basket.BasketSteps;
import io.github.item2vec.train.basket.Share;
import io.github.item2vec.train.epoch.Parts;
import io.github.item2vec.train.epoch.Sequence;
import io.github.item2vec.train.history.HiddenTails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * One slice of a chunk of baskets: first which rows of which part it needs, then, with these rows,
 * the gradients by them, in the order in which the parts add them up. Runs in tasks.
 */
final class SliceFn
    implements FlatMapFunction2<Iterator<Sequence>, Iterator<byte[]>, Tuple2<Long, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<BasketSteps> model;
  private final int epoch;
  private final int chunk;
  private final long chunkBaskets;
  private final HiddenTails tails;

  SliceFn(
      Broadcast<BasketSteps> model, HiddenTails tails, int epoch, int chunk, long chunkBaskets) {
    this.model = model;
    this.tails = tails;
    this.epoch = epoch;
    this.chunk = chunk;
    this.chunkBaskets = chunkBaskets;
  }

  /** The rows that a slice needs, to the partition of their part. */
  Iterator<Tuple2<Integer, byte[]>> needs(int slice, Iterator<Sequence> sequences) {
    BasketSteps known = model.value();
    int[][] baskets = tails.baskets(sequences, epoch);
    if (baskets.length == 0) {
      return Collections.emptyIterator();
    }
    Share share = known.share(epoch, chunk, slice, baskets);
    return needs(known.parts(), slice, share.inputItems(), share.outputItems());
  }

  /** Rows of both sides, to the partition of their part. */
  static Iterator<Tuple2<Integer, byte[]>> needs(
      Parts parts, int slice, int[] inputItems, int[] outputItems) {
    List<Tuple2<Integer, byte[]>> needs = new ArrayList<>();
    addNeeds(Shipment.NEED_INPUT, slice, byPart(parts, inputItems), needs);
    addNeeds(Shipment.NEED_OUTPUT, slice, byPart(parts, outputItems), needs);
    return needs.iterator();
  }

  private static void addNeeds(
      byte kind, int slice, IntList[] rows, List<Tuple2<Integer, byte[]>> needs) {
    for (int part = 0; part < rows.length; part++) {
      if (rows[part].size() > 0) {
        SomeRows numbers = SomeRows.numbers(rows[part].toArray());
        needs.add(new Tuple2<>(part, Shipment.some(kind, slice, part, numbers, 0)));
      }
    }
  }

  private static IntList[] byPart(Parts parts, int[] items) {
    IntList[] rows = new IntList[parts.count()];
    Arrays.setAll(rows, part -> new IntList());
    for (int item : items) {
      rows[parts.part(item)].add(parts.row(item));
    }
    return rows;
  }

  @Override
  public Iterator<Tuple2<Long, byte[]>> call(
      Iterator<Sequence> sequences, Iterator<byte[]> shipments) {
    int[][] baskets = tails.baskets(sequences, epoch);
    if (baskets.length == 0) {
      return Collections.emptyIterator();
    }
    BasketSteps known = model.value();
    int columns = known.settings().vectorSize();
    byte[] first = shipments.next();
    int slice = Shipment.first(first);
    Share share = known.share(epoch, chunk, slice, baskets);
    float[][] input = new float[share.inputItems().length][];
    float[][] output = new float[share.outputItems().length][];
    take(known, first, share.inputItems(), input, share.outputItems(), output);
    take(known, shipments, share.inputItems(), input, share.outputItems(), output);
    Share.Gradients gradients = share.gradients(input, output, chunkBaskets);
    return new Sender(known.parts(), slice, columns).send(share, gradients, chunk);
  }

  /** The rows of shipments to the places of their items, which rise. */
  static void take(
      BasketSteps model,
      Iterator<byte[]> shipments,
      int[] inputItems,
      float[][] input,
      int[] outputItems,
      float[][] output) {
    while (shipments.hasNext()) {
      take(model, shipments.next(), inputItems, input, outputItems, output);
    }
  }

  private static void take(
      BasketSteps model,
      byte[] shipment,
      int[] inputItems,
      float[][] input,
      int[] outputItems,
      float[][] output) {
    boolean isInput = Shipment.kind(shipment) == Shipment.SOME_INPUT;
    take(
        model.parts(),
        shipment,
        model.settings().vectorSize(),
        isInput ? inputItems : outputItems,
        isInput ? input : output);
  }

  private static void take(Parts parts, byte[] shipment, int columns, int[] items, float[][] rows) {
    SomeRows some = SomeRows.read(columns, Shipment.body(shipment));
    for (int i = 0; i < some.rows().length; i++) {
      int item = parts.item(Shipment.second(shipment), some.rows()[i]);
      rows[Arrays.binarySearch(items, item)] =
          Arrays.copyOf(some.vectors()[i], RowMath.padded(columns));
    }
  }

  /** Gradients to shipments. */
  private static final class Sender {
    private final Parts parts;
    private final int slice;
    private final int columns;
    private final List<Tuple2<Long, byte[]>> shipments = new ArrayList<>();

    Sender(Parts parts, int slice, int columns) {
      this.parts = parts;
      this.slice = slice;
      this.columns = columns;
    }

    Iterator<Tuple2<Long, byte[]>> send(Share share, Share.Gradients gradients, int chunk) {
      send(Shipment.SOME_INPUT, share.inputItems(), gradients.input());
      send(Shipment.SOME_OUTPUT, share.outputItems(), gradients.output());
      shipments.add(
          new Tuple2<>(
              ByOrder.key(parts.count(), slice, 0),
              Shipment.loss(chunk, slice, gradients.loss(), gradients.weight())));
      return shipments.iterator();
    }

    private void send(byte kind, int[] items, float[][] gradients) {
      IntList[] places = new IntList[parts.count()];
      Arrays.setAll(places, part -> new IntList());
      for (int i = 0; i < items.length; i++) {
        if (gradients[i] != null) {
          places[parts.part(items[i])].add(i);
        }
      }
      for (int part = 0; part < places.length; part++) {
        int[] all = places[part].toArray();
        int step = SomeRows.ofPiece(columns);
        for (int from = 0; from < all.length; from += step) {
          int[] some = Arrays.copyOfRange(all, from, Math.min(all.length, from + step));
          SomeRows rows =
              new SomeRows(
                  Arrays.stream(some).map(i -> parts.row(items[i])).toArray(),
                  Arrays.stream(some).mapToObj(i -> gradients[i]).toArray(float[][]::new));
          shipments.add(
              new Tuple2<>(
                  ByOrder.key(part, slice, shipments.size()),
                  Shipment.some(kind, slice, part, rows, columns)));
        }
      }
    }
  }
}
