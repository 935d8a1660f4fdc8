package io.github.item2vec.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.evaluate.Interval;
import io.github.item2vec.evaluate.PairedDifference;
import io.github.item2vec.redis.generation.PublishReport;
import io.github.item2vec.train.TrainingSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Others read run.json: its fields stay what they are. */
class RunRecordTest {
  private final RunRecord run = new RunRecord("id", 42, "2026-01-01T00:00:00Z");

  @Test
  void whatARunHasNotComeToIsNotWritten() throws IOException {
    assertThat(json(run))
        .isEqualTo(
            json(
                """
                {"status": "RUNNING", "runId": "id", "version": "%s", "spark": "%s", "java": "%s",
                 "seed": 42, "startedAt": "2026-01-01T00:00:00Z", "seconds": 0.0, "saved": {}}"""
                    .formatted(
                        Version.current(),
                        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                        Runtime.version())));
    run.status = "FAILED";
    run.error = "why";
    run.exitCode = 3;
    assertThat(json(run).fieldNames())
        .toIterable()
        .containsExactly(
            "status",
            "runId",
            "version",
            "spark",
            "java",
            "seed",
            "startedAt",
            "seconds",
            "saved",
            "error",
            "exitCode");
  }

  @Test
  void theSplitOfATuningIsNotCounted() throws IOException {
    run.split(RunRecord.Split.uncounted("by", "leak"));
    run.measured(Map.of("map@10", 0.5), RunRecord.Users.evaluated(3));
    assertThat(json(run).get("split")).isEqualTo(json("{'by': 'by', 'leak': 'leak'}"));
    assertThat(json(run).get("users")).isEqualTo(json("{'evaluated': 3}"));
  }

  @Test
  void epochsOfUnknownLengthAreNull() throws IOException {
    run.training(
        new TrainingSummary(
            List.of(2.0, 1.0), List.of(), List.of(Double.NaN, 0.5), 2, 7, 100, 4.0));
    assertThat(json(run).get("training"))
        .isEqualTo(
            json(
                """
                {'items': 7, 'itemsPerEpoch': 100, 'epochs': 2, 'bestEpoch': 2, 'seconds': 4.0,
                 'itemsPerSecond': 50.0, 'losses': [2.0, 1.0], 'validation': [],
                 'epochSeconds': [null, 0.5]}"""));
  }

  @Test
  void intervalsAreArraysOfTheirEnds() throws IOException {
    Map<String, Interval> intervals = Map.of("map@10", new Interval(0.25, 0.5));
    run.comparison(
        Map.of(
            "model",
            new Compared(Map.of(), 8L, intervals, null, null, null, null),
            "defaults",
            new Compared(null, null, intervals, null, null, null, null),
            "ease",
            new Compared(
                Map.of("lambda", 50.0),
                16L,
                intervals,
                1.5,
                0.5,
                32L,
                Compared.Difference.of(new PairedDifference(0.125, new Interval(-1, 1), 0.75)))));
    assertThat(json(run).get("comparison"))
        .isEqualTo(
            json(
                """
                {'model': {'params': {}, 'vectorBytes': 8, 'intervals': {'map@10': [0.25, 0.5]}},
                 'defaults': {'intervals': {'map@10': [0.25, 0.5]}},
                 'ease': {'params': {'lambda': 50.0}, 'vectorBytes': 16,
                          'intervals': {'map@10': [0.25, 0.5]}, 'trainSeconds': 1.5,
                          'recommendSeconds': 0.5, 'peakHeapBytes': 32,
                          'modelMinusThis': {'metric': 'map@10', 'mean': 0.125,
                                             'interval': [-1.0, 1.0], 'pValue': 0.75}}}"""));
  }

  @Test
  void theGateHasAFieldForEachPublishedLayout() throws IOException {
    run.gate(
        new GateCheck(
            List.of("published"),
            "map@10",
            Double.NaN,
            null,
            Map.of("published.packed", 0.5),
            List.of("why"),
            true));
    assertThat(json(run).get("gate"))
        .isEqualTo(
            json(
                """
                {'rules': ['published'], 'metric': 'map@10', 'model': 'NaN',
                 'published.packed': 0.5, 'refusals': ['why'], 'overridden': true}"""));
  }

  @Test
  void theFirstLayoutStandsForAllAndSeveralAreListed() throws IOException {
    run.publish(Published.NOWHERE);
    assertThat(json(run).get("publish")).isEqualTo(json("{'target': 'none'}"));

    String one =
        """
        {'target': 'redis://a', 'layout': 'packed', 'prefix': 'recs:', 'generation': 'g1',
         'users': 1%s, 'items': 2, 'similarItems': 9, 'commands': 3, 'bytes': 4, 'bytesBefore': 5, 'bytesAfter': 7,
         'bytesDelta': 2%s}""";
    Published.Layout layout =
        Published.Layout.of(
            "redis://a",
            "packed",
            "recs:",
            new PublishReport("g1", 1, OptionalLong.empty(), 2, 9, 3, 4, 5, 7));
    run.publish(new Published(List.of(layout)));
    assertThat(json(run).get("publish")).isEqualTo(json(one.formatted("", "")));

    Published.Layout second =
        Published.Layout.of(
            "redis://a",
            "packed",
            "recs:",
            new PublishReport("g1", 1, OptionalLong.of(8), 2, 9, 3, 4, 5, 7));
    run.publish(new Published(List.of(second, layout)));
    String before = ", 'usersBefore': 8";
    String layouts =
        ", 'layouts': [%s, %s]".formatted(one.formatted(before, ""), one.formatted("", ""));
    assertThat(json(run).get("publish")).isEqualTo(json(one.formatted(before, layouts)));
  }

  @Test
  void aStudyHasAFieldForEachStateOfATrial() throws IOException {
    run.tuning(
        new RunRecord.Tuning(
            "test",
            4,
            Map.of("complete", 3L, "fail", 1L),
            1,
            new RunRecord.Choice(0.5, 2, Map.of("loss", "softmax")),
            new RunRecord.Choice(null, null, Map.of("negative", 5)),
            null,
            Map.of("loss", 1.0)));
    assertThat(json(run).get("tuning"))
        .isEqualTo(
            json(
                """
                {'on': 'test', 'trials': 4, 'complete': 3, 'fail': 1, 'reused': 1,
                 'best': {'value': 0.5, 'trial': 2, 'params': {'loss': 'softmax'}},
                 'default': {'params': {'negative': 5}}, 'importances': {'loss': 1.0}}"""));
  }

  private static JsonNode json(RunRecord run) throws IOException {
    return new ObjectMapper().readTree(RunManifest.JSON.writeValueAsBytes(run));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
