package io.github.item2vec.job.run;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the quality gate compared and what speaks against publishing: run.json's {@code gate}.
 *
 * @param rules that were asked for
 * @param metric that is compared
 * @param model the run's value
 * @param popularity null, and not written, when no rule names it
 * @param published what readers follow, as fields of their own, {@code published.LAYOUT}
 * @param refusals empty when nothing does
 * @param overridden whether the run publishes in spite of them
 */
public record GateCheck(
    List<String> rules,
    String metric,
    double model,
    Double popularity,
    @JsonAnyGetter Map<String, Double> published,
    List<String> refusals,
    boolean overridden) {

  /**
   * Stops the run when something speaks against publishing and nobody overrides it.
   *
   * @throws GateException with all of that
   */
  public void require() {
    if (!refusals.isEmpty() && !overridden) {
      throw new GateException(
          "not published: %s; to publish all the same: -D evaluation.gate-override=true"
              .formatted(String.join("; ", refusals)));
    }
  }

  /** What was compared, as one line for people. */
  public String toLine() {
    StringBuilder line = new StringBuilder("gate       ").append(figure(metric, model));
    if (popularity != null) {
      line.append("; ").append(figure("popularity", popularity));
    }
    published.forEach((name, value) -> line.append("; ").append(figure(name, value)));
    return line.append(overridden ? "; overridden: " + String.join("; ", refusals) : "").toString();
  }

  private static String figure(String name, double value) {
    return String.format(Locale.ROOT, "%s %.4f", name, value);
  }
}
