package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.GenerationKeys;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the HASH {@code PREFIX + ID + ":meta"} says about a generation, all as text: {@code format}
 * (1), {@code layout}, {@code run}, {@code state} (writing, complete, withdrawn), {@code startedAt}
 * and {@code finishedAt} (milliseconds), {@code itemBytes} or, with buckets, {@code itemBits} and
 * {@code buckets}, else {@code index} (how many HASHes at most), {@code catalogue} (items in the
 * dictionary), {@code quality}, {@code similarItems} (how many items have a list of similar ones)
 * and {@code similarBuckets} when there are such, and when complete {@code users usersBefore digest
 * items commands bytes bytesBefore bytesAfter}. Driver only.
 */
record GenerationMeta(String id, Map<String, String> fields) {
  static final String COMPLETE = "complete";
  static final String WRITING = "writing";

  /** Was complete, and readers were sent back from it. */
  static final String WITHDRAWN = "withdrawn";

  /** How many users have a list. */
  static final String USERS = "users";

  /** The same of the generation that it replaced; absent when there was none, or it did not say. */
  static final String USERS_BEFORE = "usersBefore";

  /** How many lists of similar items it holds; absent without. */
  static final String SIMILAR = "similarItems";

  /** Version of the keys and bytes that this project writes. */
  static final String FORMAT = "1";

  static GenerationMeta of(String id, Object reply) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<?> parts = (List<?>) reply;
    for (int i = 0; i < parts.size(); i += 2) {
      fields.put(Utf8.text(parts.get(i)), Utf8.text(parts.get(i + 1)));
    }
    return new GenerationMeta(id, fields);
  }

  boolean complete() {
    return COMPLETE.equals(fields.get("state"));
  }

  /** Whether it is of a layout that this version knows. */
  boolean known() {
    return Arrays.stream(ValueLayout.values()).anyMatch(this::of);
  }

  boolean withdrawn() {
    return WITHDRAWN.equals(fields.get("state"));
  }

  /** Whether its keys can be named without a look at the whole database. */
  boolean namesItsKeys() {
    return fields.containsKey("index") || number("buckets") > 0;
  }

  /**
   * Its lists of similar items as if they were a generation: of the same layout, whose keys are
   * made as those of users' lists are.
   */
  Optional<GenerationMeta> similar() {
    if (!fields.containsKey(SIMILAR)) {
      return Optional.empty();
    }
    Map<String, String> own = new LinkedHashMap<>(fields);
    own.put(USERS, own.remove(SIMILAR));
    own.put("digest", fields.getOrDefault("similarDigest", ""));
    own.put("buckets", fields.getOrDefault("similarBuckets", "0"));
    return Optional.of(new GenerationMeta(GenerationKeys.similar(id), own));
  }

  ValueLayout layout() {
    return ValueLayout.of(fields.get("layout"));
  }

  boolean of(ValueLayout layout) {
    return layout.toString().equals(fields.get("layout"));
  }

  String run() {
    return fields.getOrDefault("run", "");
  }

  /** A field as a number; 0 when it is not there. */
  long number(String field) {
    return Long.parseLong(fields.getOrDefault(field, "0"));
  }

  /** Whether these are the users that were published. */
  boolean describes(ListDigest lists) {
    return lists.count() == number(USERS) && lists.text().equals(fields.get("digest"));
  }

  private OptionalLong usersBefore() {
    return fields.containsKey(USERS_BEFORE)
        ? OptionalLong.of(number(USERS_BEFORE))
        : OptionalLong.empty();
  }

  PublishReport report() {
    return new PublishReport(
        id,
        number(USERS),
        usersBefore(),
        number("items"),
        number(SIMILAR),
        number("commands"),
        number("bytes"),
        number("bytesBefore"),
        number("bytesAfter"));
  }

  /** Field, value, field, value. */
  static byte[][] arguments(Map<String, String> fields) {
    List<byte[]> arguments = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          arguments.add(Utf8.bytes(name));
          arguments.add(Utf8.bytes(value));
        });
    return arguments.toArray(byte[][]::new);
  }
}
