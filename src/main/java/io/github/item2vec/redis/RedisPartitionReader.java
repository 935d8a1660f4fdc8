package io.github.item2vec.redis;

import io.github.item2vec.redis.generation.PinnedGeneration;
import io.github.item2vec.redis.generation.Slice;
import io.github.item2vec.redis.generation.SliceReader;
import io.github.item2vec.redis.layout.ListDecoder;
import io.github.item2vec.redis.server.RedisException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads one slice of a generation into rows; used by one task. */
final class RedisPartitionReader implements PartitionReader<InternalRow> {
  private final List<ReadColumn> columns;
  private final PublicNames users;
  private final Pace pace;
  private final SliceReader slice;
  private final ListDecoder decoder;
  private Iterator<SliceReader.Held> lot = List.<SliceReader.Held>of().iterator();
  private SliceReader.Held held;
  private long read;

  /**
   * @param columns of a row
   * @param users for those that were not asked for by name
   */
  RedisPartitionReader(
      PinnedGeneration generation,
      Slice slice,
      List<ReadColumn> columns,
      PublicNames users,
      PublicNames items,
      Pace pace) {
    this.columns = columns;
    this.users = users;
    this.pace = pace;
    boolean named = columns.contains(ReadColumn.ITEMS);
    this.slice = SliceReader.open(generation, slice, named || columns.contains(ReadColumn.SCORES));
    try {
      byte[] dictionary =
          named && generation.layout().indices() ? this.slice.dictionary() : new byte[0];
      this.decoder =
          ListDecoder.of(
              generation.layout(),
              generation.itemBits(),
              generation.scores(),
              dictionary,
              items::of);
    } catch (RuntimeException e) {
      this.slice.close();
      throw e;
    }
  }

  @Override
  public boolean next() {
    if (!lot.hasNext()) {
      pace.await(read);
      lot = slice.next().iterator();
    }
    held = lot.hasNext() ? lot.next() : null;
    read++;
    return held != null;
  }

  @Override
  public InternalRow get() {
    try {
      return new GenericInternalRow(columns.stream().map(this::value).toArray());
    } catch (RedisException | IllegalArgumentException e) {
      throw new RedisException(
          "reading the list of user %s failed: %s".formatted(held.user(), e.getMessage()), e);
    }
  }

  private Object value(ReadColumn column) {
    return switch (column) {
      case USER -> held.name() == null ? users.of(held.user()) : UTF8String.fromString(held.name());
      case ITEMS -> new GenericArrayData(decoder.items(held.value()));
      case SCORES -> scores(decoder.scores(held.value()));
    };
  }

  private static GenericArrayData scores(float[] scores) {
    return scores == null ? null : new GenericArrayData(scores);
  }

  @Override
  public void close() {
    slice.close();
  }
}
