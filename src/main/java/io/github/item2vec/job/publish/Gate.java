package io.github.item2vec.job.publish;

import static io.github.item2vec.job.run.RunRecord.METRIC;

import io.github.item2vec.config.JobConfig.Evaluation;
import io.github.item2vec.config.JobConfig.Evaluation.GateRule;
import io.github.item2vec.job.run.GateCheck;
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
  private final Evaluation config;

  /** A gate of the rules in {@code evaluation.gate}. */
  public Gate(Evaluation config) {
    this.config = config;
  }

  /** The value that is compared among a model's metrics; NaN when it was not measured. */
  public static double metric(Map<String, Double> metrics) {
    return metrics.getOrDefault(METRIC, Double.NaN);
  }

  /** What speaks against publishing, and what was compared. */
  public GateCheck check(
      double model,
      double popularity,
      RedisTarget target,
      String prefix,
      List<ValueLayout> layouts) {
    List<String> refusals = new ArrayList<>();
    boolean besidePopularity = config.gate().contains(GateRule.POPULARITY);
    if (besidePopularity && model < popularity) {
      refusals.add("%s %.4f is below popularity's %.4f".formatted(METRIC, model, popularity));
    }
    Map<String, Double> followed = new LinkedHashMap<>();
    if (config.gate().contains(GateRule.PUBLISHED)) {
      for (ValueLayout layout : layouts) {
        OptionalDouble published = new PublishedGenerations(target, prefix).quality(layout);
        published.ifPresent(value -> followed.put("published." + layout, value));
        if (published.isPresent() && model < published.getAsDouble() * (1 - config.gateShare())) {
          refusals.add(
              "%s %.4f is more than %.0f %% below the %.4f of what is published as %s"
                  .formatted(
                      METRIC, model, 100 * config.gateShare(), published.getAsDouble(), layout));
        }
      }
    }
    return new GateCheck(
        config.gate().stream().map(GateRule::word).toList(),
        METRIC,
        model,
        besidePopularity ? popularity : null,
        followed,
        refusals,
        config.gateOverride() && !refusals.isEmpty());
  }
}
