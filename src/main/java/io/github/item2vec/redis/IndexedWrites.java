package io.github.item2vec.redis;

import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.pipeline.BucketWrite;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.pipeline.WriteRouter;
import io.github.item2vec.redis.server.Utf8;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes of one task for lists of one kind, chunk by chunk: a look at the fence, what names the
 * chunk's keys in the generation's index, the chunk, and its entry in the index again. So a task
 * that was stopped and goes on when its generation is gone sends a chunk or two, and what it sent
 * is found. A chunk is about a batch.
 */
final class IndexedWrites {
  private static final long CHUNK_BYTES = (1L << 20) - (1L << 14);

  private final WriteSpec spec;
  private final int partition;
  private final long attempt;
  private final WriteRouter writes;
  private final int keyStart;
  private final List<KeyWrite> waiting = new ArrayList<>();
  private long waitingBytes;
  private int chunk;

  /**
   * Looks at the fence at once.
   *
   * @param writes the task's, which closes it
   */
  IndexedWrites(WriteSpec spec, int partition, long attempt, WriteRouter writes) {
    this.spec = spec;
    this.partition = partition;
    this.attempt = attempt;
    this.keyStart = Utf8.bytes(spec.keys().start(spec.generation())).length;
    this.writes = writes;
    writes.add(spec.fenceCheck());
    writes.flush();
  }

  void add(KeyWrite write) {
    waiting.add(write);
    waitingBytes += write.bytes();
    if (waiting.size() == UserIndex.CHUNK_USERS || waitingBytes >= CHUNK_BYTES) {
      send();
    }
  }

  /** Sends what waits and reads every reply. */
  void flush() {
    if (!waiting.isEmpty()) {
      send();
    }
    writes.add(spec.fenceCheck());
    writes.flush();
  }

  /**
   * One master takes commands in their order; of several each step has to be answered before the
   * next. The index's entry is written once more when the keys are there: a removal that came
   * between has taken it away without them.
   */
  private void send() {
    boolean indexed = !spec.layout().buckets();
    List<KeyWrite> entry = indexed ? List.of(index()) : List.of();
    writes.add(spec.fenceCheck());
    step(entry);
    step(waiting);
    step(entry);
    waiting.clear();
    waitingBytes = 0;
    chunk++;
  }

  private void step(List<KeyWrite> some) {
    some.forEach(writes::add);
    if (spec.masters().all().size() > 1) {
      writes.flush();
    }
  }

  private KeyWrite index() {
    ByteBuffer users = ByteBuffer.allocate(waiting.size() * UuidForm.BYTES);
    for (KeyWrite write : waiting) {
      users.put(UuidForm.BINARY.bytes(spec.layout().keyForm().read(write.key(), keyStart)));
    }
    return new BucketWrite(
        spec.keys().index(spec.generation(), UserIndex.shard(partition, chunk)),
        List.of(UserIndex.field(attempt, chunk), users.array()),
        spec.lastDeadlineMillis());
  }
}
