package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.KeyText;
import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.Redirect;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.HostAndPort;

/**
 * Deals a task's writes out to the masters that have their slots, a batch and a connection each,
 * and follows a cluster's redirections: what one master did not take is sent to the next until it
 * is taken. Used by one thread.
 */
public final class WriteRouter implements AutoCloseable {
  private final Map<RedisTarget, WriteBatch> batches = new HashMap<>();
  private Masters masters;
  private long acknowledgedAsked;

  public WriteRouter(Masters masters) {
    this.masters = masters;
  }

  /** Adds one write; some batch may be sent. */
  public void add(KeyWrite write) {
    WriteBatch batch = route(write);
    send(batch.takeRedirected());
  }

  /**
   * Sends what waits and reads every reply.
   *
   * @throws RedisException at the first error, with the key and the server's words
   */
  public void flush() {
    for (WriteBatch batch : List.copyOf(batches.values())) {
      batch.flush();
      send(batch.takeRedirected());
    }
  }

  /** Commands acknowledged so far. */
  public long acknowledged() {
    return acknowledgedAsked + batches.values().stream().mapToLong(WriteBatch::acknowledged).sum();
  }

  private WriteBatch route(KeyWrite write) {
    Masters.Master master = masters.holding(write.key());
    WriteBatch batch = batches.computeIfAbsent(master.target(), t -> new WriteBatch(master));
    batch.add(write);
    return batch;
  }

  /** At once and until all is taken: while slots move there are few of these. */
  private void send(List<WriteBatch.Redirected> redirected) {
    List<WriteBatch.Redirected> open = redirected;
    for (int attempt = 2; !open.isEmpty(); attempt++) {
      if (attempt > Redirect.ATTEMPTS) {
        throw new RedisException(
            "the cluster of %s sends the key %s from node to node: wait until it is in order, run again"
                .formatted(masters, KeyText.of(open.get(0).write().key())));
      }
      Redirect.pause(attempt);
      masters = masters.again();
      List<WriteBatch.Redirected> left = new ArrayList<>();
      for (WriteBatch.Redirected one : open) {
        if (one.redirect().ask().isPresent()) {
          left.addAll(ask(one.redirect().ask().get(), one.write()));
        } else {
          route(one.write());
        }
      }
      for (WriteBatch batch : List.copyOf(batches.values())) {
        batch.flush();
        left.addAll(batch.takeRedirected());
      }
      open = left;
    }
  }

  private List<WriteBatch.Redirected> ask(HostAndPort node, KeyWrite write) {
    try (WriteBatch batch = new WriteBatch(masters.at(node))) {
      batch.ask(write);
      acknowledgedAsked += batch.acknowledged();
      return batch.takeRedirected();
    }
  }

  @Override
  public void close() {
    batches.values().forEach(WriteBatch::close);
  }
}
