package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.UuidForm;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.pipeline.KeyWrite;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.ServersSnapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * A generation from its first key to the flip of the pointer or its removal, under the prefix's
 * lease; driver only.
 */
public final class NewGeneration {
  private static final Logger LOG = LoggerFactory.getLogger(NewGeneration.class);

  /** Lists expire over this share of their life, so that a server never drops all at once. */
  private static final double JITTER = 0.05;

  private static final long MAX_JITTER_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final RedisOptions options;
  private final Lease lease;
  private final ServersSnapshot before;
  private final WriteSpec spec;
  private final Map<String, String> description;
  private boolean flipBegun;

  private NewGeneration(
      RedisOptions options,
      Lease lease,
      ServersSnapshot before,
      WriteSpec spec,
      Map<String, String> description) {
    this.description = description;
    this.options = options;
    this.lease = lease;
    this.before = before;
    this.spec = spec;
  }

  /**
   * Takes the lease, removes what killed runs left and opens a generation with its dictionary;
   * empty when this run has finished one already, with as many similar items.
   *
   * @throws TooFewUsersException when that one would be followed again, and has far fewer users
   *     than the one that is followed
   */
  public static Optional<NewGeneration> begin(
      RedisOptions options, Optional<ItemDictionary> catalogue) {
    Lease lease = Lease.acquire(options.target(), options.keys(), options.run(), options.lease());
    try (RedisServers servers = RedisServers.open(options.target())) {
      Generations generations = new Generations(servers, options.keys());
      Optional<GenerationMeta> finished = generations.finished(options.layout(), options.run());
      if (finished.isPresent()
          && new GenerationSwitch(options.target(), servers, options.keys(), lease)
              .again(finished.get(), options.share())
          && finished.get().number(GenerationMeta.SIMILAR) == options.similarItems()) {
        lease.close();
        return Optional.empty();
      }
      generations.prune(options.keep(), lease);
      ServersSnapshot before = ServersSnapshot.of(servers);
      Map<String, String> description = Description.begun(options, before, catalogue);
      String id = generations.begin(description, before.timeMillis());
      NewGeneration begun =
          new NewGeneration(
              options,
              lease,
              before,
              spec(options, servers, lease, before, id, catalogue),
              description);
      begun.expire(servers, options.keys().meta(id));
      if (options.layout().indices()) {
        begun.writeDictionary(servers, catalogue.orElseThrow());
      }
      return Optional.of(begun);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  public WriteSpec spec() {
    return spec;
  }

  /**
   * Checks that all of it is there, then flips the pointer, then removes the oldest.
   *
   * @throws RedisException when anything is missing; the pointer stays where it was
   * @throws TooFewUsersException when it has far fewer users than the one that readers follow; the
   *     pointer stays too
   */
  public void commit(List<PartitionCommit> parts) {
    try (RedisServers servers = RedisServers.open(options.target())) {
      Generations generations = new Generations(servers, options.keys());
      // first, because they name the cause of missing keys
      before.requireKept(ServersSnapshot.of(servers));
      lease.requireHeld(servers);
      PartitionCommit written = PartitionCommit.sum(parts);
      GenerationMeta begun = new GenerationMeta(spec.generation(), description);
      long bytes = new WrittenCheck(options, spec, begun, servers).require(written);
      OptionalLong usersBefore =
          options.share().require(generations, options.layout(), written.users().digest().count());
      ServersSnapshot after = ServersSnapshot.of(servers);
      before.requireKept(after);
      requireLifeLeft(after);
      lease.requireHeld(servers);
      generations.describe(
          spec.generation(), Description.counted(written, usersBefore, bytes, before, after));
      expire(servers, spec.keys().meta(spec.generation()));
      flip(generations);
      tidy(generations);
    }
    lease.close();
  }

  /** A reply that is lost is looked for; only where that fails too nobody knows. */
  private void flip(Generations generations) {
    flipBegun = true;
    try {
      generations.flip(lease, options.layout(), spec.generation());
    } catch (RedisException e) {
      throw lease.taken()
          ? e
          : new RedisException(
              ("%s: whether readers follow generation %s now is unknown, `generations` tells; the"
                      + " same run again finishes or replaces it")
                  .formatted(e.getMessage(), spec.generation()),
              e);
    }
  }

  /**
   * Removes what was written, when readers cannot follow it: the flip had not begun, or was refused
   * and the pointer names another. Its id is remembered, so that late writes are found and removed.
   */
  public void abort() {
    try (RedisServers servers = RedisServers.open(options.target())) {
      Generations generations = new Generations(servers, options.keys());
      Optional<String> current = generations.current(options.layout());
      if ((!flipBegun || lease.taken()) && !current.equals(Optional.of(spec.generation()))) {
        generations.remove(new GenerationMeta(spec.generation(), description));
      }
    } catch (RedisException e) {
      LOG.warn(
          "generation {} is left unfinished, the next publish or prune removes it: {}",
          spec.generation(),
          e.getMessage());
    }
    lease.close();
  }

  /** What is published stays published when this fails; the next publish or prune does it. */
  private void tidy(Generations generations) {
    try {
      generations.mark(spec.generation(), GenerationMeta.COMPLETE);
      generations.prune(options.keep(), lease);
    } catch (RedisException e) {
      LOG.warn("published, but old generations are left: {}", e.getMessage());
    }
  }

  private void requireLifeLeft(ServersSnapshot after) {
    if (spec.deadlineMillis() > 0 && after.timeMillis() >= spec.deadlineMillis()) {
      throw new RedisException(
          "publishing took longer than the lists live (%s): raise the ttl"
              .formatted(options.ttl()));
    }
  }

  private void writeDictionary(RedisServers servers, ItemDictionary catalogue) {
    ByteBuffer uuids = ByteBuffer.allocate(catalogue.size() * UuidForm.BYTES);
    for (int index = 0; index < catalogue.size(); index++) {
      uuids.put(UuidForm.BINARY.bytes(catalogue.uuid(index)));
    }
    byte[] key = spec.keys().dictionary(spec.generation());
    servers.call(Command.SET, key, uuids.array());
    expire(servers, key);
  }

  /** What all lists of a generation need expires after the last of them. */
  private void expire(RedisServers servers, byte[] key) {
    if (spec.deadlineMillis() > 0) {
      servers.call(Command.PEXPIREAT, key, KeyWrite.number(spec.lastDeadlineMillis()));
    }
  }

  private static WriteSpec spec(
      RedisOptions options,
      RedisServers servers,
      Lease lease,
      ServersSnapshot before,
      String id,
      Optional<ItemDictionary> catalogue) {
    long life = options.ttl().toMillis();
    long jitter = jitterMillis(life);
    return new WriteSpec(
        servers.masters(),
        options.keys(),
        options.layout(),
        id,
        lease.token(),
        options.layout().itemBits(catalogue.map(ItemDictionary::size).orElse(0)),
        options.buckets(),
        options.similarBuckets(),
        options.layout().buckets()
            ? CompactHashes.longestValue(servers, options.compactBytes())
            : 0,
        life == 0 ? 0 : before.timeMillis() + life - jitter,
        jitter);
  }

  /** Over how long lists of that life expire. */
  static long jitterMillis(long life) {
    return Math.min(MAX_JITTER_MILLIS, (long) (life * JITTER));
  }
}
