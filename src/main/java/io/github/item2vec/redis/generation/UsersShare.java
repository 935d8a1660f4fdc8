package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisTarget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard against a generation of far fewer users than the one that it would replace: a trial
 * write of two rows, a run over a piece of the input. Each layout is compared with its own current
 * generation, of whichever run, by what that one's description says: two commands, no list is
 * looked at. Driver only.
 *
 * @param least share of the current generation's users that a new one has at least, 0 to 1; 0 lets
 *     all pass
 */
public record UsersShare(RedisTarget target, GenerationKeys keys, double least) {
  private static final Logger LOG = LoggerFactory.getLogger(UsersShare.class);

  /** Under that prefix. */
  public UsersShare(RedisTarget target, String prefix, double least) {
    this(target, new GenerationKeys(prefix), least);
  }

  /**
   * Compares in several layouts before anything is written in the first. Each is compared again
   * under the lease when its lists are there.
   *
   * @param users that will have a list in each of them
   * @throws TooFewUsersException when those are too few for one of the layouts
   */
  public void require(List<ValueLayout> layouts, long users) {
    try (RedisServers servers = RedisServers.open(target)) {
      Generations generations = new Generations(servers, keys);
      for (ValueLayout layout : layouts) {
        current(generations, layout)
            .filter(UsersShare::counted)
            .ifPresent(current -> require(layout, current, users));
      }
    }
  }

  /**
   * Compares under the lease. Only who has it moves a pointer, and the flip sees in its own
   * transaction that nobody has taken it: so what is compared here is what the flip replaces.
   *
   * @param users of the generation that is about to be followed
   * @return users of the one that is followed now; empty when there is none, or its description,
   *     which is of an older version or has expired, does not say: then nothing is compared, and
   *     the log tells
   * @throws TooFewUsersException when the new ones are too few
   */
  OptionalLong require(Generations generations, ValueLayout layout, long users) {
    Optional<GenerationMeta> current = current(generations, layout);
    if (current.isEmpty()) {
      return OptionalLong.empty();
    }
    GenerationMeta meta = current.get();
    if (!counted(meta)) {
      LOG.warn(
          "{} users in {}: whether these are far fewer than before is not known, for the"
              + " description of generation {}, which readers follow, holds no count (an older"
              + " version wrote it, or it has expired)",
          users,
          layout,
          meta.id());
      return OptionalLong.empty();
    }
    require(layout, meta, users);
    long before = meta.number(GenerationMeta.USERS);
    LOG.info(
        "{} users in {}, {} in generation {}, which readers follow",
        users,
        layout,
        before,
        meta.id());
    return OptionalLong.of(before);
  }

  private void require(ValueLayout layout, GenerationMeta current, long users) {
    long before = current.number(GenerationMeta.USERS);
    if (before > 0 && (double) users / before < least) {
      throw new TooFewUsersException(
          ("not published: %,d users have a list, the generation %s of run %s that readers of %s"
                  + " follow under '%s' on %s has %,d, and min-users-share = %s of them is the"
                  + " least; to let it through once give min-users-share = 0"
                  + " (publish.min-users-share of the job), for a trial another prefix")
              .formatted(
                  users,
                  current.id(),
                  current.run(),
                  layout,
                  keys.prefix(),
                  target,
                  before,
                  BigDecimal.valueOf(least).toPlainString()));
    }
  }

  private static Optional<GenerationMeta> current(Generations generations, ValueLayout layout) {
    return generations.current(layout).map(generations::meta);
  }

  private static boolean counted(GenerationMeta meta) {
    return meta.fields().containsKey(GenerationMeta.USERS);
  }
}
