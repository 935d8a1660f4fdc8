package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisServers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which generation a read takes: the one that readers follow, or the one that is named. */
final class GenerationChoice {
  private final ReadOptions options;
  private final RedisServers servers;
  private final Generations generations;

  GenerationChoice(ReadOptions options, RedisServers servers) {
    this.options = options;
    this.servers = servers;
    this.generations = new Generations(servers, options.keys());
  }

  /**
   * Finds and pins it.
   *
   * @throws RedisException when there is none, or it cannot be read
   */
  PinnedGeneration pinned() {
    GenerationMeta meta = options.generation().map(this::named).orElseGet(this::current);
    if (!GenerationMeta.FORMAT.equals(meta.fields().get("format"))) {
      throw failure(
          "generation %s is of format %s, this version reads %s: read it with the version that wrote it"
              .formatted(meta.id(), meta.fields().get("format"), GenerationMeta.FORMAT));
    }
    return PinnedGeneration.of(servers.masters(), options.keys(), meta);
  }

  private GenerationMeta named(String id) {
    GenerationMeta meta = generations.meta(id);
    boolean there = meta.known() && (meta.complete() || meta.withdrawn() || pointed(meta));
    if (!there) {
      throw failure(
          "no finished generation has the id '%s'; there are: %s"
              .formatted(
                  id,
                  listed(
                      generations.list().stream()
                          .filter(other -> other.complete() || other.withdrawn())
                          .map(other -> other.id() + " (" + other.layout() + ")")
                          .toList())));
    }
    options
        .layout()
        .filter(layout -> layout != meta.layout())
        .ifPresent(
            layout -> {
              throw failure(
                  "generation %s is of layout %s, not %s: leave option 'layout' out"
                      .formatted(id, meta.layout(), layout));
            });
    return meta;
  }

  /** Follows the pointer, again when what it named was removed meanwhile. */
  private GenerationMeta current() {
    ValueLayout layout = options.layout().orElse(ValueLayout.LIST_TEXT);
    Optional<String> id = generations.current(layout);
    while (id.isPresent()) {
      GenerationMeta meta = generations.meta(id.get());
      if (meta.of(layout)) {
        return meta;
      }
      Optional<String> newer = generations.current(layout);
      if (newer.equals(id)) {
        throw failure(
            "readers of %s follow generation %s, which is not described (its meta expired or was removed): publish again or roll back"
                .formatted(layout, id.get()));
      }
      id = newer;
    }
    throw failure(
        "nothing is published as %s; option 'layout' chooses among what is: %s"
            .formatted(
                layout,
                listed(
                    Arrays.stream(ValueLayout.values())
                        .filter(other -> generations.current(other).isPresent())
                        .map(ValueLayout::toString)
                        .toList())));
  }

  private boolean pointed(GenerationMeta meta) {
    return generations.current(meta.layout()).filter(meta.id()::equals).isPresent();
  }

  private RedisException failure(String reason) {
    return new RedisException(
        "cannot read what is under '%s' on %s: %s"
            .formatted(options.keys().prefix(), options.target(), reason));
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }
}
