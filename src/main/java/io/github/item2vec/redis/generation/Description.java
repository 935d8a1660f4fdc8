package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.ItemDictionary;
import io.github.item2vec.redis.layout.UserIndex;
import io.github.item2vec.redis.server.ServersSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of a {@link GenerationMeta} as a publish writes them. */
final class Description {
  private Description() {}

  /** What readers need, and what is known before the first write. */
  static Map<String, String> begun(
      RedisOptions options, ServersSnapshot before, Optional<ItemDictionary> catalogue) {
    int size = catalogue.map(ItemDictionary::size).orElse(0);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("format", GenerationMeta.FORMAT);
    fields.put("layout", options.layout().toString());
    fields.put("run", options.run());
    fields.put("state", GenerationMeta.WRITING);
    fields.put("startedAt", Long.toString(before.timeMillis()));
    int bits = options.layout().itemBits(size);
    if (options.layout().buckets()) {
      fields.put("itemBits", Integer.toString(bits));
      fields.put("buckets", Integer.toString(options.buckets()));
    } else {
      fields.put("itemBytes", Integer.toString(bits / Byte.SIZE));
      fields.put("index", Integer.toString(UserIndex.SHARDS));
    }
    fields.put("catalogue", Integer.toString(size));
    if (options.similarItems() > 0) {
      fields.put(GenerationMeta.SIMILAR, Long.toString(options.similarItems()));
      fields.put("similarBuckets", Integer.toString(options.similarBuckets()));
    }
    if (options.scores()) {
      fields.put("scores", "8");
    }
    options.quality().ifPresent(value -> fields.put("quality", value));
    return fields;
  }

  /**
   * What is known when all is written.
   *
   * @param usersBefore see {@link GenerationMeta#USERS_BEFORE}
   */
  static Map<String, String> counted(
      PartitionCommit all,
      OptionalLong usersBefore,
      long bytes,
      ServersSnapshot before,
      ServersSnapshot after) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("finishedAt", Long.toString(after.timeMillis()));
    fields.put(GenerationMeta.USERS, Long.toString(all.users().digest().count()));
    usersBefore.ifPresent(users -> fields.put(GenerationMeta.USERS_BEFORE, Long.toString(users)));
    fields.put("digest", all.users().digest().text());
    fields.put("items", Long.toString(all.users().items()));
    if (all.similar().digest().count() > 0) {
      fields.put("similarDigest", all.similar().digest().text());
      fields.put("similarMembers", Long.toString(all.similar().items()));
    }
    fields.put("commands", Long.toString(all.commands()));
    fields.put("bytes", Long.toString(bytes));
    fields.put("bytesBefore", Long.toString(before.usedMemory()));
    fields.put("bytesAfter", Long.toString(after.usedMemory()));
    return fields;
  }
}
