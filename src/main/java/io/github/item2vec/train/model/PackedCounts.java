package io.github.item2vec.train.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts of items as bytes: length of the id, id in UTF-8, count. */
final class PackedCounts {
  /** Of one array: many counts, far below an array's limit. */
  private static final int PIECE_BYTES = 1 << 20;

  private PackedCounts() {}

  /** In pieces; runs in tasks. */
  static Iterator<byte[]> pack(Iterator<ItemCount> counts) {
    return Pieces.of(counts, PackedCounts::piece);
  }

  private static byte[] piece(Iterator<ItemCount> counts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    do {
      write(counts.next(), out);
    } while (counts.hasNext() && bytes.size() < PIECE_BYTES);
    return bytes.toByteArray();
  }

  private static void write(ItemCount item, DataOutputStream out) {
    try {
      out.writeInt(item.id().length);
      out.write(item.id());
      out.writeLong(item.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The counterpart of {@link #pack}. */
  static Iterator<ItemCount> unpack(Iterator<byte[]> pieces) {
    return new Iterator<>() {
      private ByteBuffer piece = ByteBuffer.allocate(0);

      @Override
      public boolean hasNext() {
        return piece.hasRemaining() || pieces.hasNext();
      }

      @Override
      public ItemCount next() {
        if (!piece.hasRemaining()) {
          piece = ByteBuffer.wrap(pieces.next());
        }
        byte[] id = new byte[piece.getInt()];
        piece.get(id);
        return new ItemCount(id, piece.getLong());
      }
    };
  }

  /** The items of all runs in their order; each run is in order. */
  static Iterator<ItemCount> merge(List<Iterator<ItemCount>> runs) {
    PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(Run::head));
    runs.stream().filter(Iterator::hasNext).map(Run::of).forEach(heads::add);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !heads.isEmpty();
      }

      @Override
      public ItemCount next() {
        Run first = heads.remove();
        if (first.rest().hasNext()) {
          heads.add(Run.of(first.rest()));
        }
        return first.head();
      }
    };
  }

  private record Run(ItemCount head, Iterator<ItemCount> rest) {
    static Run of(Iterator<ItemCount> run) {
      return new Run(run.next(), run);
    }
  }
}
