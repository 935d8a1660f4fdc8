package io.github.item2vec.redis.layout;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Turns what a layout stores back into lists, as {@link ListEncoder} wrote them; used by one task.
 */
public abstract class ListDecoder {
  final Function<UUID, UTF8String> names;

  private ListDecoder(Function<UUID, UTF8String> names) {
    this.names = names;
  }

  /**
   * A decoder of one generation's lists.
   *
   * @param itemBits bits of an item in a packed value
   * @param scores whether a value has scores behind its items
   * @param dictionary the items' UUIDs by index, 16 bytes each; empty in layouts without indices
   * @param names what an item is called
   */
  public static ListDecoder of(
      ValueLayout layout,
      int itemBits,
      boolean scores,
      byte[] dictionary,
      Function<UUID, UTF8String> names) {
    if (layout.list()) {
      return new Members(layout == ValueLayout.LIST_TEXT ? UuidForm.TEXT : UuidForm.BINARY, names);
    }
    return layout.indices()
        ? new PackedIndices(itemBits, scores, dictionary, names)
        : new PackedIds(scores, names);
  }

  /**
   * The items, best first.
   *
   * @param value members of a LIST, or the bytes of a STRING or of a field
   * @throws IllegalArgumentException when it is no list of this layout
   */
  public abstract UTF8String[] items(Object value);

  /** Their scores, each within 1/510 of the list's range; null when they were not written. */
  public abstract float[] scores(Object value);

  private static final class Members extends ListDecoder {
    private final UuidForm form;

    Members(UuidForm form, Function<UUID, UTF8String> names) {
      super(names);
      this.form = form;
    }

    @Override
    public UTF8String[] items(Object value) {
      List<?> members = (List<?>) value;
      UTF8String[] items = new UTF8String[members.size()];
      for (int i = 0; i < items.length; i++) {
        items[i] = names.apply(form.read((byte[]) members.get(i), 0));
      }
      return items;
    }

    @Override
    public float[] scores(Object value) {
      return null;
    }
  }

  /** Items of a fixed number of bits, then, with scores, a range and a byte each. */
  private abstract static class Packed extends ListDecoder {
    final int itemBits;
    private final boolean scored;

    Packed(int itemBits, boolean scored, Function<UUID, UTF8String> names) {
      super(names);
      this.itemBits = itemBits;
      this.scored = scored;
    }

    /** At least eight bits an item, so that the length tells how many there are. */
    final int size(byte[] value) {
      int range = scored ? QuantizedScores.RANGE_BYTES : 0;
      int size = Byte.SIZE * (value.length - range) / (itemBits + (scored ? Byte.SIZE : 0));
      int bytes = (int) (((long) size * itemBits + 7) / 8) + (scored ? range + size : 0);
      if (size < 0 || bytes != value.length) {
        throw new IllegalArgumentException(
            "%d bytes are no list of items of %d bits".formatted(value.length, itemBits));
      }
      return size;
    }

    @Override
    public final float[] scores(Object value) {
      return scored ? QuantizedScores.read((byte[]) value, size((byte[]) value)) : null;
    }
  }

  private static final class PackedIds extends Packed {
    PackedIds(boolean scored, Function<UUID, UTF8String> names) {
      super(UuidForm.BYTES * Byte.SIZE, scored, names);
    }

    @Override
    public UTF8String[] items(Object value) {
      ByteBuffer bytes = ByteBuffer.wrap((byte[]) value);
      UTF8String[] items = new UTF8String[size((byte[]) value)];
      for (int i = 0; i < items.length; i++) {
        items[i] = names.apply(new UUID(bytes.getLong(), bytes.getLong()));
      }
      return items;
    }
  }

  private static final class PackedIndices extends Packed {
    private final ByteBuffer dictionary;

    /** Of the items that were met. */
    private final UTF8String[] named;

    PackedIndices(
        int itemBits, boolean scored, byte[] dictionary, Function<UUID, UTF8String> names) {
      super(itemBits, scored, names);
      this.dictionary = ByteBuffer.wrap(dictionary);
      this.named = new UTF8String[dictionary.length / UuidForm.BYTES];
    }

    @Override
    public UTF8String[] items(Object value) {
      byte[] bytes = (byte[]) value;
      UTF8String[] items = new UTF8String[size(bytes)];
      long window = 0;
      int waiting = 0;
      int at = 0;
      for (int i = 0; i < items.length; i++) {
        for (; waiting < itemBits; waiting += Byte.SIZE) {
          window = window << Byte.SIZE | (bytes[at++] & 0xFF);
        }
        waiting -= itemBits;
        items[i] = item((int) (window >>> waiting & ((1L << itemBits) - 1)));
      }
      return items;
    }

    private UTF8String item(int index) {
      if (index < 0 || index >= named.length) {
        throw new IllegalArgumentException(
            "the dictionary has %d items, a list names number %d".formatted(named.length, index));
      }
      if (named[index] == null) {
        int at = index * UuidForm.BYTES;
        named[index] =
            names.apply(new UUID(dictionary.getLong(at), dictionary.getLong(at + Long.BYTES)));
      }
      return named[index];
    }
  }
}
