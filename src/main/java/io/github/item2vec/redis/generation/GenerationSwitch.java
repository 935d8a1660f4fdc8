package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends readers from one finished generation to another, back or forward, after a look at the one
 * they are to follow. What readers are sent back from is marked as withdrawn: it is neither kept in
 * a good one's place nor chosen again, unless it is named. Driver only, under the lease.
 */
final class GenerationSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationSwitch.class);

  private final Lease lease;
  private final RedisServers servers;
  private final Generations generations;
  private final Wholeness wholeness;

  GenerationSwitch(RedisTarget target, RedisServers servers, GenerationKeys keys, Lease lease) {
    this.lease = lease;
    this.servers = servers;
    this.generations = new Generations(servers, keys);
    this.wholeness = new Wholeness(target, servers, keys);
  }

  /**
   * The newest complete generation before the current one, looked at.
   *
   * @throws RedisException when there is none, or readers cannot be sent to it
   */
  GenerationMeta before(ValueLayout layout, String current) {
    GenerationMeta before =
        ofLayout(layout)
            .filter(GenerationMeta::complete)
            .filter(meta -> meta.id().compareTo(current) < 0)
            .reduce((first, second) -> second)
            .orElseThrow(
                () ->
                    new RedisException(
                        "nothing older than %s is left of %s, besides what was withdrawn: publish again"
                            .formatted(current, layout)));
    wholeness.require(before, "rollback --to names another, or publish again");
    return before;
  }

  /**
   * The generation of that id, looked at.
   *
   * @throws RedisException when there is none, it was never finished, or readers cannot be sent to
   *     it
   */
  GenerationMeta named(String id) {
    GenerationMeta named =
        generations.list().stream()
            .filter(meta -> meta.id().equals(id))
            .filter(meta -> meta.complete() || meta.withdrawn() || current(meta))
            .findFirst()
            .orElseThrow(
                () ->
                    new RedisException(
                        "no finished generation has the id '%s': `generations` lists them"
                            .formatted(id)));
    if (!current(named)) {
      wholeness.require(named, "rollback --to names another, or publish again");
    }
    return named;
  }

  /**
   * Sends readers to a generation that was looked at; where they follow it nothing changes.
   *
   * @throws RedisException when another run has taken the lease
   */
  void to(GenerationMeta wanted) {
    if (current(wanted)) {
      return;
    }
    ValueLayout layout = wanted.layout();
    List<GenerationMeta> newer =
        ofLayout(layout)
            .filter(GenerationMeta::complete)
            .filter(meta -> meta.id().compareTo(wanted.id()) > 0)
            .toList();
    // else what is newer may be another run's, and good
    lease.requireHeld(servers);
    // marks first: dying in between leaves readers where they are, and the flip to be done
    generations.mark(wanted.id(), GenerationMeta.COMPLETE);
    newer.forEach(meta -> generations.mark(meta.id(), GenerationMeta.WITHDRAWN));
    try {
      generations.flip(lease, layout, wanted.id());
    } catch (RedisException e) {
      restore(newer, e);
      throw e;
    }
  }

  /**
   * Where a run that has finished stands: readers follow it, or are sent to it again when they were
   * sent back from it.
   *
   * @param share that it has to have of the users whom it would take the place of
   * @return false when it is not whole any more and has to be written anew
   * @throws RedisException when readers follow a later one
   * @throws TooFewUsersException when it has far fewer users than the one that they follow
   */
  boolean again(GenerationMeta finished, UsersShare share) {
    Optional<String> current = generations.current(finished.layout());
    if (current.filter(finished.id()::equals).isPresent()) {
      generations.mark(finished.id(), GenerationMeta.COMPLETE);
      return true;
    }
    if (current.filter(id -> id.compareTo(finished.id()) > 0).isPresent()) {
      throw new RedisException(
          ("run %s is published as generation %s of %s, but readers follow the later %s of run %s:"
                  + " `rollback --to %s` sends them back, another run id publishes anew")
              .formatted(
                  finished.run(),
                  finished.id(),
                  finished.layout(),
                  current.get(),
                  generations.meta(current.get()).run(),
                  finished.id()));
    }
    Optional<String> fault = wholeness.fault(finished);
    if (fault.isPresent()) {
      LOG.warn("{}: it is written anew", fault.get());
      generations.mark(finished.id(), GenerationMeta.WITHDRAWN);
      return false;
    }
    share.require(generations, finished.layout(), finished.number(GenerationMeta.USERS));
    to(finished);
    LOG.info("readers follow generation {} of run {} again", finished.id(), finished.run());
    return true;
  }

  private void restore(List<GenerationMeta> marked, RedisException failure) {
    if (lease.taken()) {
      return; // another run has gone on meanwhile; marks only decide what is removed first
    }
    try {
      marked.forEach(meta -> generations.mark(meta.id(), GenerationMeta.COMPLETE));
    } catch (RedisException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean current(GenerationMeta meta) {
    return generations.current(meta.layout()).filter(meta.id()::equals).isPresent();
  }

  private Stream<GenerationMeta> ofLayout(ValueLayout layout) {
    return generations.list().stream().filter(meta -> meta.of(layout));
  }
}
