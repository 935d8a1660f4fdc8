package io.github.item2vec.redis.pipeline;

import io.github.item2vec.redis.server.CommandBuffer;
import io.github.item2vec.redis.server.Utf8;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/**
 * Writes nothing: sees, at its place among a task's writes, that no other run has taken the right
 * to publish over. What a stopped task still sends when it goes on is at most what was on its way.
 */
public final class FenceCheck implements KeyWrite {
  private static final int FRAME_BYTES = 32;
  private static final String RELEASED = " -";

  private final byte[] key;
  private final String token;

  /**
   * @param token what the key has to hold
   */
  public FenceCheck(byte[] key, String token) {
    this.key = key;
    this.token = token;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public void encode(CommandBuffer commands) {
    commands.command(Command.GET, 1);
    commands.argument(key);
  }

  @Override
  public boolean transaction() {
    return false;
  }

  @Override
  public long bytes() {
    return (long) key.length + FRAME_BYTES;
  }

  @Override
  public Optional<String> fault(List<?> replies) {
    String holder = replies.get(0) instanceof byte[] found ? Utf8.text(found) : "";
    return holder.equals(token) ? Optional.empty() : Optional.of(taken(holder));
  }

  /** What is said when the right to publish is not this run's any more, here and on the driver. */
  public static String taken(String holder) {
    if (holder.isEmpty()) {
      return "the lease was lost, the server knows nothing of it any more (it was emptied or"
          + " replaced, or evicted keys: maxmemory-policy noeviction): run again";
    }
    return holder.endsWith(RELEASED)
        ? "the lease was given back: run %s has published, or given up, in the meantime"
            .formatted(run(holder))
        : ("the lease was taken by another run (%s), because this one gave no sign of life for too"
                + " long, or was started again: this one publishes nothing")
            .formatted(run(holder));
  }

  /** What the fence holds after a run has given the lease back. */
  public static String released(String run) {
    return run + RELEASED;
  }

  /** The run of a token, which is the run's id, a space and something of its own. */
  public static String run(String token) {
    int end = token.lastIndexOf(' ');
    return end < 0 ? token : token.substring(0, end);
  }
}
