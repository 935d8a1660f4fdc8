package io.github.item2vec.job;

import io.github.item2vec.config.JobConfig.Evaluation;
import io.github.item2vec.config.JobConfig.Evaluation.GateRule;
import io.github.item2vec.evaluate.RankingMetric;
import io.github.item2vec.job.run.GateException;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Whether a run may replace what readers follow: by map@10 beside popularity's, and beside what the
 * generation that is published was measured at. Driver only.
 */
public final class Gate {
  /** What is compared, and what a generation's description says about it. */
  public static final String METRIC = RankingMetric.MAP.at(10);

  private final Evaluation config;

  Gate(Evaluation config) {
    this.config = config;
  }

  /** The value that is compared among a model's metrics; NaN when it was not measured. */
  static double metric(Object metrics) {
    Object value = ((Map<?, ?>) metrics).get(METRIC);
    return value == null ? Double.NaN : (double) value;
  }

  /**
   * What speaks against publishing, and what was compared.
   *
   * @return the {@code gate} field of run.json; publishing is refused when its {@code refusals} are
   *     some and {@code overridden} is not true
   */
  Map<String, Object> check(
      double model,
      double popularity,
      RedisTarget target,
      String prefix,
      List<ValueLayout> layouts) {
    List<String> refusals = new ArrayList<>();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rules", config.gate().stream().map(GateRule::word).toList());
    fields.put("metric", METRIC);
    fields.put("model", model);
    if (config.gate().contains(GateRule.POPULARITY)) {
      fields.put("popularity", popularity);
      if (model < popularity) {
        refusals.add("%s %.4f is below popularity's %.4f".formatted(METRIC, model, popularity));
      }
    }
    if (config.gate().contains(GateRule.PUBLISHED)) {
      for (ValueLayout layout : layouts) {
        OptionalDouble published = new PublishedGenerations(target, prefix).quality(layout);
        published.ifPresent(value -> fields.put("published." + layout, value));
        if (published.isPresent() && model < published.getAsDouble() * (1 - config.gateShare())) {
          refusals.add(
              "%s %.4f is more than %.0f %% below the %.4f of what is published as %s"
                  .formatted(
                      METRIC, model, 100 * config.gateShare(), published.getAsDouble(), layout));
        }
      }
    }
    fields.put("refusals", refusals);
    fields.put("overridden", config.gateOverride() && !refusals.isEmpty());
    return fields;
  }

  /** Stops the run when {@link #check} found something and nobody overrides it. */
  static void require(Map<String, Object> checked) {
    List<?> refusals = (List<?>) checked.get("refusals");
    if (!refusals.isEmpty() && !(boolean) checked.get("overridden")) {
      throw new GateException(
          "not published: %s; to publish all the same: -D evaluation.gate-override=true"
              .formatted(String.join("; ", refusals.stream().map(String::valueOf).toList())));
    }
  }
}
