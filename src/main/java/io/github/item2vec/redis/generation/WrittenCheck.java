package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.RecommendationReader;
import io.github.item2vec.redis.layout.WriteSpec;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisFailure;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.Retry;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Whether the server holds what the tasks of a publish wrote: the same users and items, by their
 * digests, and some lists read back. Driver only.
 *
 * @param meta the generation as far as it is described
 */
record WrittenCheck(
    RedisOptions options, WriteSpec spec, GenerationMeta meta, RedisServers servers) {

  /**
   * Compares.
   *
   * @return memory that the generation's keys take
   * @throws RedisException when anything is missing or other than it was written
   */
  long require(PartitionCommit written) {
    Generations generations = new Generations(servers, options.keys());
    ListDigest lists = written.users().digest();
    if (lists.count() == 0 && generations.current(options.layout()).isPresent()) {
      throw new RedisException(
          "no list to publish: the generation that readers follow stays as it is");
    }
    requireCount(lists.count(), "lists", options.expectedUsers());
    long similarItems = written.similar().digest().count();
    requireCount(similarItems, "lists of similar items", options.similarItems());
    long bytes = held(generations, meta, lists);
    bytes +=
        meta.similar().map(part -> held(generations, part, written.similar().digest())).orElse(0L);
    Retry.of(() -> requireSamples(written));
    return bytes;
  }

  private static void requireCount(long count, String what, long expected) {
    if (expected >= 0 && count != expected) {
      throw new RedisException(
          "%d %s were written instead of the expected %d: not published"
              .formatted(count, what, expected));
    }
  }

  private long held(Generations generations, GenerationMeta part, ListDigest lists) {
    HeldLists.Held held = generations.held(part, lists.count(), lists::same);
    if (!held.lists().same(lists)) {
      throw new RedisException(
          ("%s acknowledged %d lists but holds %d of generation %s: a user stands twice in the"
                  + " data, or keys were lost; not published")
              .formatted(options.target(), lists.count(), held.lists().count(), part.id()));
    }
    return held.bytes();
  }

  private boolean requireSamples(PartitionCommit written) {
    try (UnifiedJedis client = RedisSession.client(options.target())) {
      RecommendationReader reader =
          new RecommendationReader(client, options.keys().prefix(), options.layout().toString(), 0);
      for (PartitionCommit.Sample sample : written.users().samples()) {
        require(sample.matches(reader.readFrom(meta.id(), sample.owner())), "user", sample);
        requireCompact(spec, sample);
      }
      for (PartitionCommit.Sample sample : written.similar().samples()) {
        require(sample.matches(reader.similarFrom(meta.id(), sample.owner())), "item", sample);
        requireCompact(spec.similar(), sample);
      }
      return true;
    } catch (JedisException e) {
      throw RedisFailure.of(options.target(), "reading lists back", e);
    } catch (IllegalStateException e) {
      throw new RedisException("on %s %s".formatted(options.target(), e.getMessage()), e);
    }
  }

  private void require(boolean same, String whose, PartitionCommit.Sample sample) {
    if (!same) {
      throw new RedisException(
          "the list of %s %s on %s is not what was written: not published"
              .formatted(whose, sample.owner(), options.target()));
    }
  }

  private void requireCompact(WriteSpec part, PartitionCommit.Sample sample) {
    if (options.layout().buckets()) {
      CompactHashes.require(servers, part.bucketKey(part.bucket(sample.owner())));
    }
  }
}
