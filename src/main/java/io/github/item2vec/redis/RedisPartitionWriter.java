package io.github.item2vec.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.write.DataWriter;

/**
 * Writes the rows of one task under the new generation; one connection, opened with the first row.
 * Users without items get no key. A seeded reservoir of its lists is kept for the read-back.
 */
final class RedisPartitionWriter implements DataWriter<InternalRow> {
  private static final int SAMPLES = 8;

  private final WriteSpec spec;
  private final RowColumns columns;
  private final Catalogue catalogue;
  private final int partition;
  private final SplittableRandom random;
  private final List<byte[]> members = new ArrayList<>();
  private final List<PartitionCommit.Sample> samples = new ArrayList<>();
  private WriteBatch batch;
  private long users;
  private long items;

  RedisPartitionWriter(WriteSpec spec, RowColumns columns, Catalogue catalogue, int partition) {
    this.spec = spec;
    this.columns = columns;
    this.catalogue = catalogue;
    this.partition = partition;
    this.random = new SplittableRandom(partition);
  }

  @Override
  public void write(InternalRow row) {
    if (row.isNullAt(columns.user())) {
      throw failure("a row has no user", null);
    }
    if (row.isNullAt(columns.items())) {
      return;
    }
    ArrayData list = row.getArray(columns.items());
    if (list.numElements() == 0) {
      return;
    }
    try {
      UUID user = IdMapping.users().uuid(row.getUTF8String(columns.user()).toString());
      int[] indices = indices(list);
      add(keyWrite(user, indices));
      users++;
      items += indices.length;
      sample(user, indices);
    } catch (RedisException | IllegalArgumentException e) {
      throw failure(e.getMessage(), e);
    }
  }

  @Override
  public PartitionCommit commit() {
    try {
      if (batch != null) {
        batch.flush();
      }
      return new PartitionCommit(users, items, batch == null ? 0 : batch.commands(), samples);
    } catch (RedisException e) {
      throw failure(e.getMessage(), e);
    }
  }

  /** Nothing to undo: no reader follows this generation. */
  @Override
  public void abort() {}

  @Override
  public void close() {
    if (batch != null) {
      batch.close();
    }
  }

  private void add(KeyWrite write) {
    if (batch == null) {
      batch = new WriteBatch(spec.target(), spec.serverRun());
    }
    batch.add(write);
  }

  private int[] indices(ArrayData list) {
    int[] indices = new int[list.numElements()];
    for (int i = 0; i < indices.length; i++) {
      if (list.isNullAt(i)) {
        throw new IllegalArgumentException("a list holds a null item");
      }
      indices[i] = catalogue.index(list.getUTF8String(i));
    }
    return indices;
  }

  private KeyWrite keyWrite(UUID user, int[] indices) {
    byte[] key = spec.key(user);
    if (!spec.layout().list()) {
      return new StringWrite(key, value(indices), spec.deadline(user));
    }
    List<byte[]> list = new ArrayList<>(indices.length);
    for (int index : indices) {
      list.add(member(index));
    }
    return new ListWrite(key, list, spec.deadline(user));
  }

  private byte[] value(int[] indices) {
    int width = spec.itemBytes();
    byte[] value = new byte[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      if (spec.layout().indices()) {
        for (int b = 0; b < width; b++) {
          value[i * width + b] = (byte) (indices[i] >>> (Byte.SIZE * (width - 1 - b)));
        }
      } else {
        System.arraycopy(member(indices[i]), 0, value, i * width, width);
      }
    }
    return value;
  }

  /** An item's UUID in the layout's form, made once a task. */
  private byte[] member(int index) {
    UuidForm form = spec.layout() == ValueLayout.LIST_TEXT ? UuidForm.TEXT : UuidForm.BINARY;
    for (int next = members.size(); next <= index; next++) {
      members.add(form.bytes(catalogue.uuid(next)));
    }
    return members.get(index);
  }

  private void sample(UUID user, int[] indices) {
    long place = users <= SAMPLES ? users - 1 : random.nextLong(users);
    if (place >= SAMPLES) {
      return;
    }
    List<UUID> list = new ArrayList<>(indices.length);
    for (int index : indices) {
      list.add(catalogue.uuid(index));
    }
    PartitionCommit.Sample sample = new PartitionCommit.Sample(user, list);
    if (users <= SAMPLES) {
      samples.add(sample);
    } else {
      samples.set((int) place, sample);
    }
  }

  private RedisException failure(String reason, Exception cause) {
    return new RedisException("publishing failed in partition " + partition + ": " + reason, cause);
  }
}
