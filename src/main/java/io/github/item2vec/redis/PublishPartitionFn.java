package io.github.item2vec.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple3;

/**
 * Writes one partition's lists inside a task and yields (users, items, commands); an empty
 * partition opens no connection and yields nothing.
 */
final class PublishPartitionFn implements MapPartitionsFunction<Row, Tuple3<Long, Long, Long>> {
  private static final long serialVersionUID = 1L;

  private final ListPublisher publisher;
  private final long deadlineMillis;
  private final Broadcast<Map<String, byte[]>> members;

  PublishPartitionFn(
      ListPublisher publisher, long deadlineMillis, Broadcast<Map<String, byte[]>> members) {
    this.publisher = publisher;
    this.deadlineMillis = deadlineMillis;
    this.members = members;
  }

  @Override
  public Iterator<Tuple3<Long, Long, Long>> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    try (RedisSession session = RedisSession.open(publisher.target())) {
      return List.of(write(rows, session)).iterator();
    } catch (RedisException e) {
      throw new RedisException(
          "publishing failed in partition " + TaskContext.getPartitionId() + ": " + e.getMessage(),
          e);
    }
  }

  private Tuple3<Long, Long, Long> write(Iterator<Row> rows, RedisSession session) {
    ListBatch batch =
        new ListBatch(session, publisher.layout(), publisher.prefix(), deadlineMillis);
    long users = 0;
    long items = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      List<byte[]> list = row.isNullAt(1) ? List.of() : encoded(row.getList(1));
      batch.replace(UUID.fromString(row.getString(0)), list);
      users++;
      items += list.size();
    }
    batch.flush();
    return new Tuple3<>(users, items, batch.commands());
  }

  private List<byte[]> encoded(List<String> items) {
    List<byte[]> list = new ArrayList<>(items.size());
    for (String item : items) {
      byte[] member = members.value().get(item);
      if (member == null) {
        throw new IllegalArgumentException("item '" + item + "' has no UUID in the mapping");
      }
      list.add(member);
    }
    return list;
  }
}
