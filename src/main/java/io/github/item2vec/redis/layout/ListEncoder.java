package io.github.item2vec.redis.layout;

import io.github.item2vec.redis.pipeline.BucketWrite;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.pipeline.ListWrite;
import io.github.item2vec.redis.pipeline.StringWrite;
import io.github.item2vec.redis.server.CommandBuffer;
import io.github.item2vec.redis.server.Utf8;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turns lists into the writes that store them in a layout; used by one task, which hands the writes
 * on to its batch as they come.
 */
public abstract class ListEncoder {
  final WriteSpec spec;
  private final byte[] keyStart;
  private final ItemDictionary catalogue;
  private final List<byte[]> members = new ArrayList<>();

  private ListEncoder(WriteSpec spec, ItemDictionary catalogue) {
    this.spec = spec;
    this.keyStart = Utf8.bytes(spec.keys().start(spec.generation()));
    this.catalogue = catalogue;
  }

  public static ListEncoder of(WriteSpec spec, ItemDictionary catalogue) {
    return switch (spec.layout()) {
      case LIST_TEXT, LIST_BINARY -> new Members(spec, catalogue);
      case PACKED -> new PackedIds(spec, catalogue);
      case INDEXED -> new PackedIndices(spec, catalogue);
      case BUCKETED -> new Buckets(spec, catalogue);
    };
  }

  /**
   * Adds one user's list.
   *
   * @param indices places in the catalogue, best first
   * @param scores of the items; null when they are not written
   */
  public abstract void add(UUID user, int[] indices, float[] scores, Consumer<KeyWrite> sink);

  /** Hands on what has been held back. */
  public void finish(Consumer<KeyWrite> sink) {}

  /** What stands for an item, made once a task. */
  final byte[] member(int index) {
    for (int next = members.size(); next <= index; next++) {
      members.add(made(catalogue.uuid(next)));
    }
    return members.get(index);
  }

  /** An item's UUID in the layout's form. */
  byte[] made(UUID item) {
    return UuidForm.BINARY.bytes(item);
  }

  final byte[] key(UUID user) {
    UuidForm form = spec.layout().keyForm();
    byte[] key = Arrays.copyOf(keyStart, keyStart.length + form.length());
    form.put(user, key, keyStart.length);
    return key;
  }

  final StringWrite string(UUID user, byte[] items, float[] scores) {
    byte[] value = withScores(items, scores);
    return new StringWrite(key(user), value, spec.deadline(user.hashCode()));
  }

  static byte[] withScores(byte[] items, float[] scores) {
    return scores == null ? items : QuantizedScores.append(items, scores);
  }

  private static final class Members extends ListEncoder {
    Members(WriteSpec spec, ItemDictionary catalogue) {
      super(spec, catalogue);
    }

    /** With its frame, because a list holds nothing else. */
    @Override
    byte[] made(UUID item) {
      UuidForm form = spec.layout() == ValueLayout.LIST_TEXT ? UuidForm.TEXT : UuidForm.BINARY;
      return CommandBuffer.frame(form.bytes(item));
    }

    @Override
    public void add(UUID user, int[] indices, float[] scores, Consumer<KeyWrite> sink) {
      byte[][] frames = new byte[indices.length][];
      for (int i = 0; i < indices.length; i++) {
        frames[i] = member(indices[i]);
      }
      sink.accept(new ListWrite(key(user), frames, spec.deadline(user.hashCode())));
    }
  }

  private static final class PackedIds extends ListEncoder {
    PackedIds(WriteSpec spec, ItemDictionary catalogue) {
      super(spec, catalogue);
    }

    @Override
    public void add(UUID user, int[] indices, float[] scores, Consumer<KeyWrite> sink) {
      byte[] value = new byte[indices.length * UuidForm.BYTES];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(member(indices[i]), 0, value, i * UuidForm.BYTES, UuidForm.BYTES);
      }
      sink.accept(string(user, value, scores));
    }
  }

  private static final class PackedIndices extends ListEncoder {
    PackedIndices(WriteSpec spec, ItemDictionary catalogue) {
      super(spec, catalogue);
    }

    @Override
    public void add(UUID user, int[] indices, float[] scores, Consumer<KeyWrite> sink) {
      sink.accept(string(user, packed(indices, spec.itemBits()), scores));
    }
  }

  /** A bucket is sent when it has as many users as one should have, the rest at the end. */
  private static final class Buckets extends ListEncoder {
    private static final long MAX_HELD_BYTES = 64L << 20;

    private final Map<Integer, List<byte[]>> held = new HashMap<>();
    private long heldBytes;

    Buckets(WriteSpec spec, ItemDictionary catalogue) {
      super(spec, catalogue);
    }

    @Override
    public void add(UUID user, int[] indices, float[] scores, Consumer<KeyWrite> sink) {
      byte[] value = withScores(packed(indices, spec.itemBits()), scores);
      if (value.length > spec.compactBytes()) {
        throw new IllegalArgumentException(
            ("the server keeps values of at most %d bytes in a compact bucket, a list of %d items"
                    + " has %d: raise its hash-max-listpack-value or give the option of that name")
                .formatted(spec.compactBytes(), indices.length, value.length));
      }
      int bucket = spec.bucket(user);
      List<byte[]> fields = held.computeIfAbsent(bucket, b -> new ArrayList<>());
      fields.add(UuidForm.BINARY.bytes(user));
      fields.add(value);
      heldBytes += value.length + UuidForm.BYTES;
      if (fields.size() == 2 * ValueLayout.BUCKET_USERS) {
        send(bucket, held.remove(bucket), sink);
      }
      if (heldBytes > MAX_HELD_BYTES) {
        finish(sink);
      }
    }

    @Override
    public void finish(Consumer<KeyWrite> sink) {
      held.forEach((bucket, fields) -> send(bucket, fields, sink));
      held.clear();
      heldBytes = 0;
    }

    private void send(int bucket, List<byte[]> fields, Consumer<KeyWrite> sink) {
      heldBytes -= fields.stream().mapToLong(part -> part.length).sum();
      sink.accept(new BucketWrite(spec.bucketKey(bucket), fields, spec.deadline(bucket)));
    }
  }

  /** Numbers of {@code bits} bits each, the highest bit first, zero bits up to a whole byte. */
  static byte[] packed(int[] indices, int bits) {
    ByteBuffer value = ByteBuffer.allocate((int) (((long) indices.length * bits + 7) / 8));
    long window = 0;
    int waiting = 0;
    for (int index : indices) {
      window = window << bits | index;
      waiting += bits;
      if (waiting >= Integer.SIZE) {
        waiting -= Integer.SIZE;
        value.putInt((int) (window >>> waiting));
      }
    }
    for (; waiting > 0; waiting -= Byte.SIZE) {
      value.put((byte) (waiting >= Byte.SIZE ? window >>> (waiting - 8) : window << (8 - waiting)));
    }
    return value.array();
  }
}
